import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { IngestReport } from '../../src/ingest/document.ts';
import { openDatabase } from '../../src/store/database.ts';
import { countDigests } from '../../src/store/digests.ts';
import { countPapers } from '../../src/store/papers.ts';
import { engine, newDatabaseUrl } from '../helpers/databases.ts';
import { put, temporaryFolder, tree } from '../sources/folder.ts';

/** On PostgreSQL each statement goes to another process and back. */
const FILES = engine === 'postgres' ? 15 : 40;
/** After so many lines a process is killed, one after the other. */
const KILLS = engine === 'postgres' ? [1, 3, 5] : [1, 1, 2, 3, 4, 6];
const ENTRIES = 300;
/** Each file shares this many papers with the one before it. */
const SHARED = 50;
const PAPERS = ENTRIES + (FILES - 1) * (ENTRIES - SHARED);

/** A digest of `count` papers, numbered from `first`. */
function digest(first: number, count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return JSON.stringify({ title: `Paper number ${number}`, abstract: `We study the number ${number}. `.repeat(20) });
  });
  return `${lines.join('\n')}\n`;
}

/** An inbox full of digests that overlap. */
function fillInbox(inbox: string): void {
  for (let file = 0; file < FILES; file += 1) {
    put(join(inbox, `${String(file).padStart(2, '0')}.jsonl`), digest(file * (ENTRIES - SHARED), ENTRIES));
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(url: string, inbox: string): Child {
  return spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'ingest-process.ts'), url, inbox], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs to the end and returns the reports. */
async function finish(child: Child): Promise<IngestReport[]> {
  const closed = once(child, 'close');
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  expect({ code, errors: errors.replace(/^npm warn.*\n/gm, '') }).toEqual({ code: 0, errors: '' });
  return out
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as IngestReport);
}

/** Kills a running ingestion a moment after it printed `lines` lines: `ready`, and then a report a line. */
async function killAfter(child: Child, lines: number, moment: number): Promise<void> {
  const closed = once(child, 'close');
  await new Promise<void>((resolve) => {
    let printed = 0;
    child.stdout.on('data', (chunk) => {
      printed += String(chunk).split('\n').length - 1;
      if (printed >= lines) resolve();
    });
  });
  await pause(Math.random() * moment);
  child.kill('SIGKILL');
  await closed;
}

/** Checks that what is stored is stored whole. Returns how many digests are. */
async function expectWhole(url: string, entriesADigest = ENTRIES): Promise<number> {
  const db = await openDatabase(url);
  if (engine === 'sqlite') {
    const check = async (pragma: string) => (await sql.raw(`pragma ${pragma}`).execute(db)).rows;
    expect(await check('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(await check('foreign_key_check')).toEqual([]);
  }
  const sizes = await db
    .selectFrom('digests')
    .leftJoin('appearances', 'appearances.digest_id', 'digests.id')
    .select((eb) => ['digests.id', eb.fn.count('appearances.position').as('entries')])
    .groupBy('digests.id')
    .execute();
  for (const { entries } of sizes) expect(entries).toBe(entriesADigest);
  const { orphans } = await db
    .selectFrom('papers')
    .select((eb) => eb.fn.countAll().as('orphans'))
    .where('id', 'not in', (eb) => eb.selectFrom('appearances').select('paper_id'))
    .executeTakeFirstOrThrow();
  expect(orphans).toBe(0);
  await db.destroy();
  return sizes.length;
}

async function expectComplete(url: string, inbox: string): Promise<void> {
  expect(await expectWhole(url)).toBe(FILES);
  const db = await openDatabase(url);
  expect(await countDigests(db)).toBe(FILES);
  expect(await countPapers(db)).toBe(PAPERS);
  await db.destroy();
  // Killed between taking a name and moving its file there, a process leaves an empty file.
  const files = tree(inbox).filter((file) => statSync(join(inbox, file)).size > 0);
  expect(files).toHaveLength(FILES);
  expect(files.every((file) => file.startsWith('done/'))).toBe(true);
}

describe('ingestion in a process of its own', () => {
  it(
    'leaves only whole digests when it is killed at any moment, and the next run completes',
    { timeout: 120_000 },
    async () => {
      const [url, inbox] = [await newDatabaseUrl(), join(temporaryFolder(), 'inbox')];
      fillInbox(inbox);
      const counts: number[] = [];
      for (const lines of KILLS) {
        await killAfter(start(url, inbox), lines, 60);
        counts.push(await expectWhole(url));
      }
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      expect(counts.at(-1)).toBeGreaterThan((KILLS.at(-1) ?? 0) - 2);
      const reports = await finish(start(url, inbox));
      expect(reports.every(({ error, warning }) => !error && !warning)).toBe(true);
      await expectComplete(url, inbox);
    },
  );

  it('shares an inbox with another process: nothing fails, nothing is stored twice', { timeout: 120_000 }, async () => {
    const [url, inbox] = [await newDatabaseUrl(), join(temporaryFolder(), 'inbox')];
    fillInbox(inbox);
    const reports = (await Promise.all([1, 2, 3].map(() => finish(start(url, inbox))))).flat();
    expect(reports.filter(({ error, warning }) => error ?? warning)).toEqual([]);
    expect(reports.reduce((sum, { new: created }) => sum + created, 0)).toBe(PAPERS);
    await expectComplete(url, inbox);
  });

  it('stores nothing of a large digest when it is killed in the middle', { timeout: 120_000 }, async () => {
    const [url, inbox] = [await newDatabaseUrl(), join(temporaryFolder(), 'inbox')];
    const large = engine === 'postgres' ? 5000 : 15_000;
    put(join(inbox, 'large.jsonl'), digest(0, large));
    for (const moment of engine === 'postgres' ? [300] : [100, 300, 500]) {
      await killAfter(start(url, inbox), 1, moment);
      await expectWhole(url, large);
    }
    await finish(start(url, inbox));
    expect(await expectWhole(url, large)).toBe(1);
    expect(tree(inbox)).toEqual(['done/large.jsonl']);
  });
});
