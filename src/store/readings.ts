import type { Transaction } from 'kysely';
import type { Db } from './database.ts';
import { inRanges } from './in-ranges.ts';
import type { Schema } from './schema.ts';
import { write } from './write.ts';

/** Between two readings of one paper that are kept, in milliseconds: a list is read every few minutes. */
const INTERVAL = 60 * 60_000;

/** The votes and comments of a paper at one moment. */
export interface Reading {
  source: string;
  readAt: Date;
  comments: number | null;
  upvotes: number | null;
}

interface Counts {
  paper_id: number;
  comments: number | null;
  upvotes: number | null;
}

/** Keeps the counts that differ from the last ones that `source` told of the same paper, at most once an hour. */
export async function recordReadings(
  trx: Transaction<Schema>,
  source: string,
  readAt: Date,
  shown: readonly Counts[],
): Promise<void> {
  const counted = shown.filter(({ comments, upvotes }) => comments !== null || upvotes !== null);
  const latest = await latestReadings(
    trx,
    source,
    counted.map(({ paper_id }) => paper_id),
  );
  const rows = new Map<number, Counts & { source: string; read_at: string }>();
  for (const { paper_id, comments, upvotes } of counted) {
    const last = latest.get(paper_id);
    const isKnown = last && last.comments === comments && last.upvotes === upvotes;
    const isTooSoon = last && readAt.getTime() - Date.parse(last.read_at) < INTERVAL;
    if (isKnown || isTooSoon) continue;
    rows.set(paper_id, { paper_id, source, read_at: readAt.toISOString(), comments, upvotes });
  }
  if (rows.size > 0)
    await trx
      .insertInto('readings')
      .values([...rows.values()])
      .execute();
}

/** What each source told of a paper's votes and comments, oldest first. */
export async function readingsOf(db: Db, paperId: number): Promise<Reading[]> {
  const rows = await db
    .selectFrom('readings')
    .select(['source', 'read_at', 'comments', 'upvotes'])
    .where('paper_id', '=', paperId)
    .orderBy('read_at')
    .execute();
  return rows.map(({ read_at, ...reading }) => ({ ...reading, readAt: new Date(read_at) }));
}

/** Papers whose readings are looked through at once. */
const PAPERS_AT_ONCE = 1000;

/** Forgets what sources told before `date`, until `signal` is aborted. */
export async function forgetReadingsBefore(db: Db, date: Date, signal?: AbortSignal): Promise<void> {
  const { last } = await db
    .selectFrom('readings')
    .select((eb) => eb.fn.max('paper_id').as('last'))
    .executeTakeFirstOrThrow();
  const forget = (from: number, to: number) =>
    write(db, (trx) =>
      trx
        .deleteFrom('readings')
        .where('paper_id', '>=', from)
        .where('paper_id', '<=', to)
        .where('read_at', '<', date.toISOString())
        .execute(),
    );
  await inRanges(last ?? 0, PAPERS_AT_ONCE, forget, signal);
}

async function latestReadings(trx: Transaction<Schema>, source: string, ids: number[]) {
  if (ids.length === 0) return new Map<number, Counts & { read_at: string }>();
  const rows = await trx
    .selectFrom((eb) =>
      eb
        .selectFrom('readings')
        .select(['paper_id', 'read_at', 'comments', 'upvotes'])
        .select((inner) =>
          inner.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('paper_id').orderBy('read_at', 'desc'))
            .as('age'),
        )
        .where('source', '=', source)
        .where('paper_id', 'in', ids)
        .as('latest'),
    )
    .select(['paper_id', 'read_at', 'comments', 'upvotes'])
    .where('age', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.paper_id, row]));
}
