import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Paper } from '../core/paper.ts';
import type { Db } from './database.ts';
import { findPapers } from './papers.ts';
import { write } from './write.ts';

/** A stored digest, without its text. */
export interface StoredDigest {
  id: number;
  source: string;
  /** File name or address it came from. */
  origin: string;
  layout: string;
  /** The list day, `YYYY-MM-DD`; `null` when unknown. */
  date: string | null;
  readAt: Date;
}

/** How many digests are stored. */
export async function countDigests(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('digests')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Every digest, in the order in which they were first read. */
export async function listDigests(db: Db): Promise<StoredDigest[]> {
  const rows = await selectDigests(db).orderBy('id').execute();
  return rows.map(digestOf);
}

/** The ids of the digests whose documents are not kept any more. */
export async function digestsWithoutDocument(db: Db): Promise<Set<number>> {
  const rows = await db.selectFrom('digests').select('id').where(sizeOfDocument, '=', 0).execute();
  return new Set(rows.map(({ id }) => id));
}

/** In bytes; counting them does not read them. */
const sizeOfDocument = sql<number>`length(raw_gzip)`;

/** So many documents are dropped at once: one may have ten megabytes, and others want to write. */
const STEP = 10;

/**
 * Drops the documents of digests that were read before `date`, a few at a time, until `signal` is aborted. What was read from
 * them stays, and so do their hashes, by which the same bytes are known again. Returns how many were dropped.
 */
export async function dropDocumentsBefore(db: Db, date: Date, signal?: AbortSignal): Promise<number> {
  let dropped = 0;
  for (;;) {
    if (signal?.aborted) return dropped;
    const { numUpdatedRows } = await write(db, (trx) =>
      trx
        .updateTable('digests')
        .set({ raw_gzip: new Uint8Array() })
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('digests')
            .select('id')
            .where('read_at', '<', date.toISOString())
            .where(sizeOfDocument, '>', 0)
            .limit(STEP),
        )
        .executeTakeFirstOrThrow(),
    );
    dropped += Number(numUpdatedRows);
    if (numUpdatedRows < STEP) return dropped;
    await breathe();
  }
}

/** The digest of the newest day, the one read last where several are of that day; `null` before the first. */
export async function newestDigest(db: Db): Promise<StoredDigest | null> {
  const row = await selectDigests(db)
    .orderBy((eb) => eb.fn.coalesce('date', 'read_on'), 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? digestOf(row) : null;
}

function selectDigests(db: Db) {
  return db.selectFrom('digests').select(['id', 'source', 'origin', 'layout', 'date', 'read_at']);
}

function digestOf({ read_at, ...digest }: Omit<StoredDigest, 'readAt'> & { read_at: string }): StoredDigest {
  return { ...digest, readAt: new Date(read_at) };
}

/** The newest day with papers, `YYYY-MM-DD`, or `null`. A digest without a date counts by the day it was read. */
export async function newestDay(db: Db): Promise<string | null> {
  return (await daysWithDigests(db, 1))[0] ?? null;
}

/** At most `limit` days with papers, newest first. A digest without a date counts by the day it was read. */
export async function daysWithDigests(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('digests')
    .select((eb) => eb.fn.coalesce('date', 'read_on').as('day'))
    .where((eb) =>
      eb.exists(eb.selectFrom('appearances').select('position').whereRef('appearances.digest_id', '=', 'digests.id')),
    )
    .distinct()
    .orderBy('day', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ day }) => day);
}

/**
 * The papers that digests of `day` show, each once, and how many there are: first those of the digest read last, in its
 * order, then what only earlier digests of the day show.
 */
export async function papersOfDay(
  db: Db,
  day: string,
  page: { limit: number; offset: number },
): Promise<{ total: number; papers: Paper[] }> {
  const { count } = await shownOn(db, day)
    .select((eb) => eb.fn.count('paper_id').distinct().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom(
      shownOn(db, day)
        .select(['paper_id', 'digest_id', 'position'])
        .select((eb) =>
          eb.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('paper_id').orderBy('digest_id', 'desc').orderBy('position'))
            .as('showing'),
        )
        .as('shown'),
    )
    .select('paper_id')
    .where('showing', '=', 1)
    .orderBy('digest_id', 'desc')
    .orderBy('position')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const papers = await findPapers(
    db,
    rows.map(({ paper_id }) => paper_id),
  );
  return { total: Number(count), papers };
}

function shownOn(db: Db, day: string) {
  return db
    .selectFrom('appearances')
    .innerJoin('digests', 'digests.id', 'appearances.digest_id')
    .where((eb) => eb(eb.fn.coalesce('date', 'read_on'), '=', day));
}
