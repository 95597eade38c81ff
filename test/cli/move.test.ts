import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { moveFromCommandLine, type MoveOptions } from '../../src/cli/move.ts';
import { projectPath } from '../../src/core/root.ts';
import { openDatabase } from '../../src/store/database.ts';
import { showProcess } from '../../src/store/processes.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { temporaryFolder } from '../sources/folder.ts';
import { allPapers, store } from '../store/fixtures.ts';
import { fillArchive } from '../store/full-archive.ts';
import { recorder } from './terminal.ts';

async function opened(url: string) {
  const db = await openDatabase(url);
  onTestFinished(() => db.destroy());
  return db;
}

/** An archive in an SQLite file, and an empty database of this run's engine. */
async function world() {
  const from = `sqlite:${join(temporaryFolder(), 'paperboy.db')}`;
  const to = await newDatabaseUrl();
  const source = await opened(from);
  await fillArchive(source, 600);
  const { terminal, lines: out, notes, progress } = recorder();
  const move = (options: Partial<MoveOptions> = {}, signal = new AbortController().signal) =>
    moveFromCommandLine(source, from, { to, ...options }, terminal, signal);
  return { from, to, source, out, notes, progress, move };
}

describe('paperboy move', () => {
  it('copies the archive, says what it moved and what to do next', async () => {
    const { to, out, notes, progress, move, source } = await world();
    expect(await move()).toBe(0);
    expect(out.join()).toMatch(
      /^Moved 600 papers, 2 digests, 1 topic, 1 message; \d+ rows in all, in [\d.]+ s; counts/,
    );
    expect(notes.join()).toMatch(/^Set DATABASE_URL to the address of .*paperboy/);
    expect(notes.join()).not.toContain('postgres:postgres');
    expect(progress.at(-2)).toMatch(/^(\d+)\/\1 summary papers$/);
    expect(await allPapers(await opened(to))).toEqual(await allPapers(source));
    expect(await move({ json: true })).toBe(0);
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ wasThere: true, tables: { papers: { rows: 600 } } });
  });

  it('refuses to move where it is, onto another archive, and while Paperboy runs on either', async () => {
    const { from, to, source, move } = await world();
    await expect(move({ to: from })).rejects.toThrow('is where the archive is already');
    const facts = { id: 'a', host: 'attic', pid: 7, roles: ['sender'], shards: null, version: '1' };
    const target = await opened(to);
    for (const db of [source, target]) {
      await showProcess(db, facts);
      await expect(move()).rejects.toThrow(/running on .*process 7 on attic.*Stop it and try again/);
      await db.deleteFrom('processes').execute();
    }
    await store(target, [{ title: 'Larks' }]);
    await expect(move()).rejects.toThrow('holds an archive of its own');
  });

  it('is ended by Ctrl+C, and leaves nothing half done', async () => {
    const { to, notes, move } = await world();
    expect(await move({}, AbortSignal.abort())).toBe(130);
    expect(notes.join()).toMatch(/Ended.*begin anew/);
    expect(await move()).toBe(0);
    expect(await allPapers(await opened(to))).toHaveLength(600);
  });

  it('can be killed at any moment and run again', { timeout: 120_000 }, async () => {
    const { from, to, source } = await world();
    for (const moment of [1200, 1700]) {
      const child = start(from, to);
      const exit = once(child, 'exit');
      await pause(moment);
      child.kill('SIGKILL');
      await exit;
      expect([0, 600]).toContain((await allPapers(await opened(to))).length);
    }
    expect(await once(start(from, to), 'exit')).toEqual([0, null]);
    expect(await allPapers(await opened(to))).toEqual(await allPapers(source));
  });
});

function start(from: string, to: string) {
  const program = ['--import', 'tsx', projectPath('src', 'main.ts'), 'move', '--to', to];
  return spawn(process.execPath, program, { env: { ...process.env, DATABASE_URL: from }, stdio: 'ignore' });
}
