import type { Transaction } from 'kysely';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import type { Schema } from './schema.ts';

/** A paper that a summary has not shown, as the lists show it. */
export interface UnshownPaper {
  paperId: number;
  /** The first list day since the one asked for, `YYYY-MM-DD`; of a list without a day, the day it was read. */
  listDay: string;
  /** Its best place in a list since then, from 1. */
  position: number;
}

/** At most `limit` papers that lists of this day or later show and the summary has not shown, the newest lists first. */
export async function unshownPapers(
  db: Db,
  summaryId: number,
  fromDay: string,
  limit: number,
): Promise<UnshownPaper[]> {
  return db
    .selectFrom('appearances')
    .innerJoin('digests', 'digests.id', 'appearances.digest_id')
    .where((eb) => eb(eb.fn.coalesce('date', 'read_on'), '>=', fromDay))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('summary_papers')
            .select('local_date')
            .where('summary_id', '=', summaryId)
            .whereRef('summary_papers.paper_id', '=', 'appearances.paper_id'),
        ),
      ),
    )
    .groupBy('appearances.paper_id')
    .select('appearances.paper_id as paperId')
    .select((eb) => [
      eb.fn.min(eb.fn.coalesce('date', 'read_on')).as('listDay'),
      eb.fn.min('appearances.position').as('position'),
    ])
    .orderBy('listDay', 'desc')
    .orderBy('position')
    .orderBy('paperId')
    .limit(limit)
    .execute();
}

/** Remembers that a summary has shown papers; those it had shown before stay with their day. */
export async function recordShown(
  trx: Transaction<Schema>,
  summaryId: number,
  paperIds: readonly number[],
  localDate: string,
): Promise<void> {
  for (const chunk of chunks(paperIds)) {
    await trx
      .insertInto('summary_papers')
      .values(chunk.map((paper_id) => ({ summary_id: summaryId, paper_id, local_date: localDate })))
      .onConflict((oc) => oc.columns(['summary_id', 'paper_id']).doNothing())
      .execute();
  }
}

/** The ids of the papers that the post of a day is about, shown or counted in it. */
export async function papersOfPost(db: Db, summaryId: number, localDate: string): Promise<number[]> {
  const rows = await db
    .selectFrom('summary_papers')
    .select('paper_id')
    .where('summary_id', '=', summaryId)
    .where('local_date', '=', localDate)
    .orderBy('paper_id')
    .execute();
  return rows.map(({ paper_id }) => paper_id);
}
