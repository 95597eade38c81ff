import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from './database.ts';

/** Lists read in one step: a list has up to a few hundred papers. */
const LISTS = 10;

/**
 * The ids of papers that a list of this day (`YYYY-MM-DD`) or a later one shows. A list without a day counts by the day it was
 * read, for papers of which no other day is known.
 */
export async function papersListedSince(db: Db, day: string): Promise<Set<number>> {
  const ids = new Set<number>();
  const digests = await db
    .selectFrom('digests')
    .select('id')
    .where((eb) => eb(eb.fn.coalesce('date', 'read_on'), '>=', day))
    .execute();
  for (let at = 0; at < digests.length; at += LISTS) {
    const chunk = digests.slice(at, at + LISTS).map(({ id }) => id);
    const rows = await db
      .selectFrom('appearances')
      .innerJoin('digests', 'digests.id', 'digest_id')
      .innerJoin('papers', 'papers.id', 'paper_id')
      .select('paper_id')
      .where('digest_id', 'in', chunk)
      .where((eb) => eb.or([eb('digests.date', 'is not', null), eb('published_on', 'is', null)]))
      .execute();
    for (const { paper_id } of rows) ids.add(paper_id);
    await breathe();
  }
  return ids;
}
