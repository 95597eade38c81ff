import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { projectPath } from '../../../src/core/root.ts';
import { openPreview } from '../../preview/bot.ts';
import { recorder } from '../terminal.ts';
import { folder, inFolders, environment, examine, wellMachine } from './world.ts';

inFolders();

describe('the doctor', () => {
  it('finds nothing wrong before the first start, and leaves everything as it is', async () => {
    const { code, results, note, of } = await examine();
    expect(code).toBe(0);
    expect(results.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(note).toBe('All is well.');
    expect(of('Discord')[0]?.[1]).toContain('would run the preview');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('names every fault of the configuration, each in a line, and no secrets', async () => {
    const given = { LOG_LEVEL: 'loud', PAPERBOY_TIMEZONE: 'Nowhere', PAPERBOY_IMAP_URL: 'imap://me:hush@' };
    const { code, of, lines, note } = await examine(given);
    expect(code).toBe(1);
    expect(of('configuration').map(([level]) => level)).toEqual(['fault', 'fault', 'fault', 'warning']);
    expect(lines.join('\n')).toMatch(/PAPERBOY_TIMEZONE=Nowhere: expected an IANA zone/);
    expect(lines.join('\n')).not.toContain('hush');
    expect(note).toBe('3 faults, 1 warning.');
  });

  it('aligns its lines for people', async () => {
    const { terminal, lines } = recorder();
    const space = async () => ({ free: 0.4e9, total: 1e9 });
    await doctor(() => ({ given: environment(), written: {} }), {}, terminal, { ...wellMachine, space });
    expect(lines[0]).toMatch(/^warning {2}disk {11}Only 400 MB of 1.0 GB free/);
    expect(lines[1]).toBe('ok       Node.js        Version 22.1.0.');
  });

  it('goes on when a check itself fails, and says so', async () => {
    const space = async () => Promise.reject(new Error('no such call'));
    const { code, of } = await examine({}, { space });
    expect(code).toBe(1);
    expect(of('disk')).toEqual([['fault', expect.stringContaining('could not be checked (no such call)')]]);
    expect(of('Discord')).toHaveLength(1);
  });

  it('refuses a Node.js that is too old', async () => {
    expect((await examine({}, { nodeVersion: '20.9.0' })).of('Node.js')).toEqual([
      ['fault', expect.stringMatching(/20\.9\.0 is too old.*20\.19/)],
    ]);
    expect((await examine({}, { nodeVersion: '20.19.0' })).of('Node.js')[0]?.[0]).toBe('ok');
  });
});

describe('the doctor on what does not answer', () => {
  it('does not wait for a host that is silent, and checks everything else', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = `postgres://me:hush@127.0.0.1:${port}/papers`;
    const given = { DISCORD_TOKEN: 'x', DISCORD_API_URL: `http://127.0.0.1:${port}/api`, DATABASE_URL: url };
    const { of, code, lines } = await examine(given, { patience: 1000 });
    expect(code).toBe(1);
    expect(of('Discord')).toEqual([['fault', expect.stringContaining('not answered within 1 second')]]);
    expect(of('database')[0]?.[0]).toBe('fault');
    expect(of('inbox')[0]?.[0]).toBe('ok');
    expect(lines.join('\n')).not.toContain('hush');
  });
});

describe('paperboy doctor', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it('prints what it finds and exits with 1 for a fault', async () => {
    const preview = await openPreview();
    const run = async (given: Record<string, string>) => {
      const env = {
        PATH: process.env.PATH,
        PAPERBOY_SOURCES: 'inbox',
        ...environment(),
        DISCORD_API_URL: preview.apiUrl,
        ...given,
      };
      const started = spawn(process.execPath, [projectPath('dist', 'src', 'main.js'), 'doctor'], { cwd: folder, env });
      child = started;
      const [out] = await Promise.all([text(started.stdout), once(started, 'close')]);
      return { out, code: started.exitCode };
    };
    const well = await run({ DISCORD_TOKEN: preview.token });
    expect(well.out).toMatch(/^ok +Discord +Discord takes the token/m);
    expect(well.code).toBe(0);
    const wrong = await run({ DISCORD_TOKEN: 'an.oth.er' });
    expect(wrong.out).toMatch(/^fault +Discord +Discord refuses the bot's token/m);
    expect(wrong.code).toBe(1);
  });
});
