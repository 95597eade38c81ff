import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectPath } from '../src/core/root.ts';

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-main-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the built program with an environment of its own. */
function launch(args: string[], environment: Record<string, string> = {}) {
  const started = spawn(process.execPath, [projectPath('dist', 'src', 'main.js'), ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: `sqlite:${join(folder, 'archive.db')}`,
      PAPERBOY_INBOX: join(folder, 'inbox'),
      PAPERBOY_SOURCES: 'inbox',
      PAPERBOY_PREVIEW_PORT: '0',
      ...environment,
    },
  });
  child = started;
  return started;
}

async function paperboy(args: string[], input = '', environment: Record<string, string> = {}) {
  const started = launch(args, environment);
  started.stdin.end(input);
  const [out, err] = await Promise.all([text(started.stdout), text(started.stderr), once(started, 'close')]);
  return {
    out,
    err,
    code: started.exitCode,
    records: () =>
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

const samples = projectPath('data', 'samples');

describe('paperboy on the command line', () => {
  it('reads digests, lists their papers and searches them', async () => {
    const first = await paperboy(['ingest', samples, '--json']);
    expect(first.code).toBe(0);
    const layouts = first.records().map(({ layout, rejected }) => [layout, rejected]);
    expect(layouts).toEqual([
      ['compact', []],
      ['spaced', []],
      ['bylines', []],
    ]);
    const entries = first.records().reduce((sum, report) => sum + report.entries, 0);

    const again = await paperboy(['ingest', samples, '--json']);
    expect(again.records().map((report) => report.new)).toEqual([0, 0, 0]);

    const papers = (await paperboy(['papers', '--json'])).records();
    expect(papers.length).toBe(entries);
    expect(papers[0]).toMatchObject({ id: 1, externalId: null, digests: [{ source: 'file', position: 1 }] });
    const rest = (await paperboy(['papers', '--json', '--since', String(papers.at(-2).sequence)])).records();
    expect(rest).toEqual([papers.at(-1)]);

    const queries = `${papers[3].title}\n\nno such wordatall\n`;
    const answers = (await paperboy(['search', '-', '--limit', '2', '--json'], queries)).records();
    expect(answers.map(({ query }) => query)).toEqual([papers[3].title, '', 'no such wordatall']);
    expect(answers[0].hits[0]).toMatchObject({ id: papers[3].id, title: papers[3].title, close: false });
    expect(answers[1]).toEqual({ query: '', total: 0, hits: [] });

    const related = (await paperboy(['related', String(papers[0].id), '--limit', '3', '--json'])).records();
    expect(related[0].hits).toHaveLength(3);
    expect((await paperboy(['reread'])).err).toContain('3 digests read again: 0 changed, 0 not readable.');
  });

  it('names what it cannot read, goes on, and exits with 1', async () => {
    const bad = join(folder, 'bad.txt');
    writeFileSync(bad, Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0]));
    const { code, out } = await paperboy(['ingest', bad, samples]);
    expect(code).toBe(1);
    expect(out).toContain(bad);
    expect(out.trim().split('\n')).toHaveLength(4);
  });

  it.each([
    [['ingest', '--loud']],
    [['ingest', '--date', 'yesterday']],
    [['papers', '--since', 'x']],
    [['dance']],
    [['related', 'x']],
  ])('exits with 2 for wrong usage: %j', async (args) => {
    const { code, err } = await paperboy(args);
    expect(code).toBe(2);
    expect(err).toContain('error: ');
  });

  it('says in a sentence what is wrong with the configuration, and exits with 1', async () => {
    const { code, err } = await paperboy(['papers'], '', { PAPERBOY_TIMEZONE: 'Nowhere', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(err).toMatch(/PAPERBOY_TIMEZONE=Nowhere: expected an IANA zone[^]*LOG_LEVEL=loud/);
    expect(err).not.toContain('    at ');
  });

  it('says that there are no papers yet, and what to do', async () => {
    expect((await paperboy(['papers'])).err).toContain('paperboy ingest');
  });
});

describe('paperboy start without a token', () => {
  it('serves the preview with the samples, and ends in order when asked to', async () => {
    const started = launch(['start']);
    const ended = once(started, 'close');
    const address = await linesUntil(started, /The preview is ready: (\S+)/);
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    started.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect((await paperboy(['search', 'attention', '--json'])).records()[0].total).toBeGreaterThan(0);
  });

  it('says in one sentence that the address is in use', async () => {
    const port = new URL(await linesUntil(launch(['start']), /The preview is ready: (\S+)/)).port;
    const first = child;
    const { code, err } = await paperboy(['start'], '', { PAPERBOY_PREVIEW_PORT: port });
    first?.kill('SIGKILL');
    expect(code).toBe(1);
    expect(err.trim()).toMatch(/^Port \d+ .*PAPERBOY_PREVIEW_PORT.*\.$/);
  });
});

/** What `pattern` captures in the first line of output that matches it. */
async function linesUntil(started: ChildProcess, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: started.stdout! })) {
    const found = pattern.exec(line);
    if (found?.[1]) return found[1];
  }
  throw new Error('the program ended without saying so');
}
