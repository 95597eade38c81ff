import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { systemClock } from '../src/core/clock.ts';
import { silentLog } from '../src/core/log.ts';
import { ingestPaths } from '../src/ingest/ingest.ts';
import { openDatabase } from '../src/store/database.ts';
import type { Document } from './sets.ts';
import { print, printTable } from './table.ts';

/** Papers on a page: more than any list has, so that the time can be measured. */
const PAGE = 2000;
const CORPUS = 20_000;

/** How many papers a second ingestion reads and stores, beside a floor: parse and insert, nothing else. */
export async function measureIngest(documents: Document[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  try {
    const corpus = documents.slice(0, CORPUS);
    const page = documents.filter(({ abstract }) => abstract.length > 400).slice(0, PAGE);
    const rows = [
      await row(folder, 'JSON Lines', corpus, corpus.map((document) => JSON.stringify(document)).join('\n')),
      await row(folder, 'page, spaced', page, spacedPage(page)),
    ];
    print('Ingestion into a file: papers a second, and how often the floor goes into it');
    printTable(['', 'papers', 'floor', 'first time', 'ratio', 'again', 'resident MB more'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function row(folder: string, name: string, documents: Document[], text: string): Promise<string[]> {
  const file = join(folder, `${name}.txt`);
  writeFileSync(file, text);
  const lines = join(folder, `${name}.jsonl`);
  writeFileSync(lines, documents.map((document) => JSON.stringify(document)).join('\n'));
  const floor = await seconds(() => parseAndInsert(lines, join(folder, `${name}.floor.db`)));
  const db = await openDatabase(`sqlite:${join(folder, `${name}.db`)}`);
  const world = { db, log: silentLog, clock: systemClock, timezone: 'UTC' };
  const before = process.memoryUsage.rss();
  let entries = 0;
  const first = await seconds(async () => {
    for (const report of await ingestPaths(world, [file])) entries += report.entries;
  });
  const memory = (process.memoryUsage.rss() - before) / 1e6;
  const again = await seconds(() => ingestPaths(world, [file]));
  await db.destroy();
  const rate = (time: number) => Math.round(entries / time).toLocaleString('en');
  return [name, String(entries), rate(floor), rate(first), (first / floor).toFixed(1), rate(again), memory.toFixed(0)];
}

function spacedPage(documents: Document[]): string {
  const line = (text: string) => text.replace(/\s+/g, ' ').trim();
  const papers = documents.flatMap(({ title, abstract }) => [line(title), '', line(abstract), '']);
  return ['new', '', 'Subscribe', '', 'byAK and the research community', '', 'Mar 12', '', ...papers].join('\n');
}

function parseAndInsert(file: string, path: string): void {
  const db = new SQLite(path);
  db.pragma('journal_mode = WAL');
  db.exec('create table papers (id integer primary key, title text, abstract text)');
  const insert = db.prepare('insert into papers (title, abstract) values (?, ?)');
  db.transaction(() => {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const { title, abstract } = JSON.parse(line) as Document;
      insert.run(title, abstract);
    }
  })();
  db.close();
}

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
