import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/core/log.ts';
import { renderAlert } from '../src/discord/render/alert.ts';
import { createSearch } from '../src/search/search.ts';
import { chunks } from '../src/store/chunks.ts';
import { type Db, openDatabase } from '../src/store/database.ts';
import { deliveriesAfter } from '../src/store/deliveries.ts';
import { write } from '../src/store/write.ts';
import { createAlertPlanner } from '../src/topics/plan-alerts.ts';
import { createAlertWriter } from '../src/topics/write-alert.ts';
import { storePapers } from '../test/search/archive.ts';
import { paperOf } from './papers.ts';
import type { Document } from './sets.ts';
import { print, printTable } from './table.ts';
import { timed } from './timed.ts';
import { heavyQueries, typicalQueries } from './topic-queries.ts';

const TOPICS = 100_000;
const TOPICS_PER_READER = 5;
const PAPERS = 1000;
/** Discord takes them in twenty seconds. */
const WRITTEN = 1000;
/** Papers that are there before, so that the index knows which words are rare. */
const ARCHIVE = 5000;

/** Ten in the morning of a day with many papers. */
const NOW = new Date('2025-06-02T10:00:00Z');

/**
 * Measures how long 100,000 topics take to be loaded, 1,000 new papers to be matched with them and the messages to be planned, in one
 * round and apart, and, when they are sent, to be written; and the longest step in which nothing else could run. 1,000 papers are
 * what arXiv has on a big day.
 */
export async function measureTopics(documents: Document[]): Promise<void> {
  await measure('Topics as readers have them', documents, typicalQueries(documents, TOPICS));
  await measure('Topics that are all different, however broad', documents, heavyQueries(documents, TOPICS));
}

async function measure(name: string, documents: Document[], queries: string[]): Promise<void> {
  const rows: string[][] = [];
  const { caught, messages } = await measureRound(documents, queries, rows);
  await measureParts(documents, queries, rows);
  const readers = queries.length / TOPICS_PER_READER;
  print(
    `${name}: ${readers} readers, ${new Set(queries).size} different queries; ${caught} catches, ${(caught / PAPERS).toFixed(0)} a paper; ${messages} messages`,
  );
  printTable(['', 'seconds', 'of them computing', 'longest step, computing (ms)'], rows);
}

/** As readers get it. */
async function measureRound(documents: Document[], queries: string[], rows: string[][]) {
  const { plan, store, close } = await openTopics(documents, queries, null);
  await timed(rows, `${queries.length} topics loaded`, plan);
  await store();
  const planned = await timed(rows, `${PAPERS} papers matched with them and messages planned, in one round`, plan);
  await timed(rows, 'nothing new', plan);
  await close();
  return planned;
}

/** All topics are snoozed for a while, so that matching is measured apart from planning. */
async function measureParts(documents: Document[], queries: string[], rows: string[][]): Promise<void> {
  const snoozedUntil = new Date(NOW.getTime() + 3_600_000);
  const { db, search, time, clock, plan, store, close } = await openTopics(documents, queries, snoozedUntil);
  await plan();
  await store();
  await timed(rows, 'apart: papers matched', plan);
  time.now = snoozedUntil;
  await timed(rows, 'apart: messages planned', plan);
  const words = () => Promise.resolve(search);
  const writeAlert = createAlertWriter({ db, search: words, clock, log: silentLog, render: renderAlert });
  const first = await deliveriesAfter(db, 0, WRITTEN);
  await timed(rows, `${WRITTEN} of the messages written, as when they are sent`, async () => {
    for (const delivery of first) await writeAlert(JSON.parse(delivery.draftJson ?? '') as object, delivery);
  });
  await close();
}

/** A database with topics, not loaded yet, and a planner; `store` stores what is new. */
async function openTopics(documents: Document[], queries: string[], snoozedUntil: Date | null) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'paperboy.db')}`;
  const db = await openDatabase(databaseUrl);
  const time = { now: NOW };
  const clock = () => time.now;
  const papers = documents.slice(0, ARCHIVE + PAPERS).map(paperOf);
  await storePapers(db, papers.slice(0, ARCHIVE));
  const search = await createSearch({ db, log: silentLog, databaseUrl });
  const plan = createAlertPlanner({ db, search, clock, log: silentLog, timezone: 'UTC' });
  await plan();
  await followAll(db, queries, snoozedUntil);
  const close = async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  };
  return { db, search, time, clock, plan, store: () => storePapers(db, papers.slice(ARCHIVE)), close };
}

async function followAll(db: Db, queries: string[], snoozedUntil: Date | null): Promise<void> {
  const at = '2025-06-01T00:00:00.000Z';
  const rows = queries.map((query, index) => ({
    name: `${query} ${index}`,
    query,
    reader_id: readerOf(index),
    destination_kind: 'user' as const,
    destination_id: readerOf(index),
    destination_form: 'message' as const,
    told_by: 'message' as const,
    snoozed_until: snoozedUntil?.toISOString() ?? null,
    after_sequence: 0,
    created_at: at,
    changed_at: at,
    version: index + 1,
  }));
  // Not through createTopic, one by one: this is not what is measured.
  await write(db, async (trx) => {
    for (const chunk of chunks(rows)) await trx.insertInto('topics').values(chunk).execute();
    await trx.updateTable('counters').set({ value: rows.length }).where('name', '=', 'topics').execute();
  });
}

function readerOf(topic: number): string {
  return String(100_000_000_000_000_000n + BigInt(Math.floor(topic / TOPICS_PER_READER)));
}
