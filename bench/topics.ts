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

/**
 * Measures how long 100,000 topics take to be loaded, 1,000 new papers to be matched with them, and the messages to be planned
 * and, when they are sent, to be written; and the longest step in which nothing else could run. 1,000 papers are what arXiv has on a big day.
 */
export async function measureTopics(documents: Document[]): Promise<void> {
  await measure('Topics as readers have them', documents, typicalQueries(documents, TOPICS));
  await measure('Topics that are all different, however broad', documents, heavyQueries(documents, TOPICS));
}

async function measure(name: string, documents: Document[], queries: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'paperboy.db')}`;
  const db = await openDatabase(databaseUrl);
  let now = new Date('2025-06-02T10:00:00Z');
  const clock = () => now;
  const papers = documents.slice(0, ARCHIVE + PAPERS).map(paperOf);
  await storePapers(db, papers.slice(0, ARCHIVE));
  const search = await createSearch({ db, log: silentLog, databaseUrl });
  const plan = createAlertPlanner({ db, search, clock, log: silentLog, timezone: 'UTC' });
  await plan();
  // Snoozed for a while, so that matching is measured apart from planning messages.
  const snoozedUntil = new Date(now.getTime() + 3_600_000);
  await followAll(db, queries, snoozedUntil);
  const rows: string[][] = [];
  await timed(rows, `${queries.length} topics loaded`, plan);
  await storePapers(db, papers.slice(ARCHIVE));
  const { caught } = await timed(rows, `${PAPERS} papers matched with them`, plan);
  now = snoozedUntil;
  const { messages } = await timed(rows, 'their messages planned', plan);
  await timed(rows, 'nothing new', plan);
  const words = () => Promise.resolve(search);
  const writeAlert = createAlertWriter({ db, search: words, clock, log: silentLog, render: renderAlert });
  const first = await deliveriesAfter(db, 0, WRITTEN);
  await timed(rows, `${WRITTEN} of the messages written, as when they are sent`, async () => {
    for (const delivery of first) await writeAlert(JSON.parse(delivery.draftJson ?? '') as object, delivery);
  });
  const readers = queries.length / TOPICS_PER_READER;
  print(
    `${name}: ${readers} readers, ${new Set(queries).size} different queries; ${caught} catches, ${(caught / PAPERS).toFixed(0)} a paper; ${messages} messages`,
  );
  printTable(['', 'seconds', 'of them computing', 'longest step, computing (ms)'], rows);
  await db.destroy();
  rmSync(folder, { recursive: true });
}

async function followAll(db: Db, queries: string[], snoozedUntil: Date): Promise<void> {
  const at = '2025-06-01T00:00:00.000Z';
  const rows = queries.map((query, index) => ({
    name: `${query} ${index}`,
    query,
    reader_id: readerOf(index),
    destination_kind: 'user' as const,
    destination_id: readerOf(index),
    destination_form: 'message' as const,
    told_by: 'message' as const,
    snoozed_until: snoozedUntil.toISOString(),
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
