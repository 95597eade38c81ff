import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/core/log.ts';
import { summaryRendering } from '../src/discord/render/summary.ts';
import { createSearch } from '../src/search/search.ts';
import { openDatabase } from '../src/store/database.ts';
import { createSummary } from '../src/store/summaries.ts';
import { createTopic } from '../src/store/topics.ts';
import { write } from '../src/store/write.ts';
import { gistOf } from '../src/summaries/gist/gist.ts';
import { planSummaries } from '../src/summaries/plan-summaries.ts';
import { storePapers } from '../test/search/archive.ts';
import { paperOf } from './papers.ts';
import type { Document } from './sets.ts';
import { print, printTable } from './table.ts';
import { timed } from './timed.ts';
import { typicalQueries } from './topic-queries.ts';

const CHANNELS = 2000;
/** One channel in so many follows topics of its own, which stand first in its post. */
const WITH_TOPICS = 4;
const ARCHIVE = 5000;
/** Papers of a day on the Daily Papers page, and of a day of arXiv in a few categories. */
const DAYS = [50, 500];

/**
 * Measures how long the posts of 2,000 channels take to be planned that are due at the same minute: made from the day's
 * papers, rendered and stored.
 */
export async function measureSummaries(documents: Document[]): Promise<void> {
  const rows: string[][] = [];
  for (const papers of DAYS) await measure(rows, documents, papers);
  print(`${CHANNELS} daily summaries due at the same minute; one channel in ${WITH_TOPICS} has topics of its own`);
  printTable(['', 'seconds', 'of them computing', 'longest step, computing (ms)'], rows);
}

async function measure(rows: string[][], documents: Document[], papers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const databaseUrl = `sqlite:${join(folder, 'paperboy.db')}`;
  const db = await openDatabase(databaseUrl);
  const before = new Date('2025-06-01T12:00:00Z');
  const queries = typicalQueries(documents, CHANNELS);
  const schedule = { minute: 540, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'Europe/Berlin' };
  await write(db, async (trx) => {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const ids = { guildId: `1${channel}`, channelId: `2${channel}`, readerId: `3${channel}` };
      await createSummary(trx, { ...ids, period: 'daily', schedule }, before);
      if (channel % WITH_TOPICS > 0) continue;
      const destination = { kind: 'channel', id: ids.channelId } as const;
      const query = queries[channel] ?? '';
      await createTopic(trx, { name: query, query, readerId: ids.readerId, guildId: ids.guildId, destination }, before);
    }
  });
  await storePapers(db, documents.slice(0, ARCHIVE).map(paperOf), '2025-05-01');
  await storePapers(
    db,
    documents.slice(ARCHIVE, ARCHIVE + papers).map((paper, index) => paperOf(paper, ARCHIVE + index)),
  );
  const search = await createSearch({ db, log: silentLog, databaseUrl });
  const world = { db, search, clock: () => new Date('2025-06-02T09:00:00Z'), log: silentLog };
  const planned = await timed(rows, `${papers} new papers`, () =>
    planSummaries({ ...world, render: summaryRendering, gistOf }),
  );
  if (planned !== CHANNELS) throw new Error(`${planned} of ${CHANNELS} posts were planned.`);
  await db.destroy();
  rmSync(folder, { recursive: true });
}
