import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/core/log.ts';
import { renderAlert } from '../src/discord/render/alert.ts';
import { createSearch } from '../src/search/search.ts';
import { type Db, openDatabase } from '../src/store/database.ts';
import { createTopic } from '../src/store/topics.ts';
import { write } from '../src/store/write.ts';
import { createAlertPlanner } from '../src/topics/plan-alerts.ts';
import { facts, storePapers } from '../test/search/archive.ts';
import { phraseWords } from '../src/search/query/words.ts';
import { isStopword } from '../src/search/text/stopwords.ts';
import { generator } from './measures.ts';
import type { Document } from './sets.ts';
import { print, printTable } from './table.ts';

const TOPICS = 100_000;
const TOPICS_PER_READER = 5;
const PAPERS = 1000;
/** Papers that are there before, so that the index knows which words are rare. */
const ARCHIVE = 5000;

/**
 * Measures how long 100,000 topics take to be loaded, 1,000 new papers to be matched with them, and the messages to be made
 * and stored; and the longest step in which nothing else could run.
 */
export async function measureTopics(documents: Document[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'paperboy.db')}`;
  const db = await openDatabase(databaseUrl);
  let now = new Date('2025-06-02T10:00:00Z');
  const clock = () => now;
  const papers = documents.map(({ title, abstract }) => facts({ title, abstract }));
  await storePapers(db, papers.slice(0, ARCHIVE));
  const search = await createSearch({ db, log: silentLog, databaseUrl });
  const plan = createAlertPlanner({ db, search, clock, log: silentLog, timezone: 'UTC', render: renderAlert });
  await plan();
  // Snoozed for a while, so that matching is measured apart from making messages.
  const snoozedUntil = new Date(now.getTime() + 3_600_000);
  await followAll(db, topicQueries(documents, TOPICS), snoozedUntil);
  const rows: string[][] = [];
  await timed(rows, `${TOPICS} topics loaded`, plan);
  await storePapers(db, papers.slice(ARCHIVE, ARCHIVE + PAPERS));
  const { caught } = await timed(rows, `${PAPERS} papers matched with them`, plan);
  now = snoozedUntil;
  const { messages } = await timed(rows, 'their messages made and stored', plan);
  await timed(rows, 'nothing new', plan);
  print(`Topics of ${TOPICS / TOPICS_PER_READER} readers: ${caught} catches, ${messages} messages`);
  printTable(['', 'seconds', 'of them computing', 'longest step, computing (ms)'], rows);
  await db.destroy();
  rmSync(folder, { recursive: true });
}

async function timed<Result>(rows: string[][], name: string, work: () => Promise<Result>): Promise<Result> {
  const steps = watchSteps();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const used = milliseconds(process.cpuUsage(cpu)) / 1000;
  rows.push([name, seconds.toFixed(2), used.toFixed(2), steps.longest().toFixed(0)]);
  return result;
}

/** The most processor time that the main thread took between two turns of the event loop, in milliseconds. */
function watchSteps(): { longest: () => number } {
  let longest = 0;
  let isOver = false;
  let before = threadTime();
  const look = () => {
    const now = threadTime();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  return {
    longest: () => {
      isOver = true;
      return longest;
    },
  };
}

/**
 * Processor time of the main thread, in milliseconds: what other processes of a busy machine take is left out. Where Linux does
 * not tell it, that of the whole process.
 */
function threadTime(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(file)) return milliseconds(process.cpuUsage());
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

async function followAll(db: Db, queries: string[], snoozedUntil: Date): Promise<void> {
  await write(db, async (trx) => {
    for (const [index, query] of queries.entries()) {
      const readerId = String(Math.floor(index / TOPICS_PER_READER));
      const destination = { kind: 'user', id: readerId } as const;
      const topic = { name: `${query} ${index}`, query, readerId, destination, snoozedUntil };
      await createTopic(trx, topic, new Date('2025-06-01'));
    }
  });
}

/** What readers follow: three words, phrases of two, and exclusions, made of words that stand near in titles. */
function topicQueries(documents: Document[], count: number): string[] {
  const random = generator(11);
  return Array.from({ length: count }, () => {
    const title = documents[Math.floor(random() * documents.length)]?.title ?? '';
    const words = phraseWords(title).filter((word) => !isStopword(word));
    const start = Math.floor(random() * Math.max(1, words.length - 2));
    const near = words.slice(start, start + 3);
    const kind = random();
    if (kind < 0.6) return near.join(' ');
    if (kind < 0.8) return `"${near.slice(0, 2).join(' ')}" ${near[2] ?? ''}`;
    return kind < 0.9 ? `${near.join(' ')} -survey` : `"${near.join(' ')}" OR "${near.slice(0, 2).join(' ')}"`;
  });
}
