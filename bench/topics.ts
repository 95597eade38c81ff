import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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

const TOPICS = Number(process.env.T ?? 100_000);
const TOPICS_PER_READER = 5;
const PAPERS = 1000;
/** Papers that are there before, so that the index knows which words are rare. */
const ARCHIVE = 5000;

/** Measures how long 100,000 topics take to be loaded, and 1,000 new papers to be matched with them and planned. */
export async function measureTopics(documents: Document[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'paperboy.db')}`;
  const db = await openDatabase(databaseUrl);
  const now = new Date('2025-06-02T10:00:00Z');
  const world = { db, clock: () => now, log: silentLog, timezone: 'UTC', render: renderAlert };
  const papers = documents.map(({ title, abstract }) => facts({ title, abstract }));
  await storePapers(db, papers.slice(0, ARCHIVE));
  await createAlertPlanner({ ...world, search: { frequency: () => 0, size: 0 } })();
  await followAll(db, topicQueries(documents, TOPICS));
  print('made ' + performance.now());
  const search = await createSearch({ db, log: silentLog, databaseUrl });
  const plan = createAlertPlanner({ ...world, search });
  const rows: string[][] = [];
  await timed(rows, 'topics loaded', plan);
  await storePapers(db, papers.slice(ARCHIVE, ARCHIVE + PAPERS));
  const { caught, messages } = await timed(rows, 'papers matched and planned', plan);
  await timed(rows, 'nothing new', plan);
  print(
    `${TOPICS} topics of ${TOPICS / TOPICS_PER_READER} readers and ${PAPERS} new papers: ${caught} catches, ${messages} messages`,
  );
  printTable(['', 'seconds', 'of them computing', 'longest step (milliseconds)'], rows);
  await db.destroy();
  rmSync(folder, { recursive: true });
}

async function timed<Result>(rows: string[][], name: string, work: () => Promise<Result>): Promise<Result> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  rows.push([name, seconds.toFixed(2), ((user + system) / 1e6).toFixed(2), (delay.max / 1e6).toFixed(0)]);
  return result;
}

async function followAll(db: Db, queries: string[]): Promise<void> {
  await write(db, async (trx) => {
    for (const [index, query] of queries.entries()) {
      const readerId = String(Math.floor(index / TOPICS_PER_READER));
      const destination = { kind: 'user', id: readerId } as const;
      await createTopic(trx, { name: `${query} ${index}`, query, readerId, destination }, new Date('2025-06-01'));
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
