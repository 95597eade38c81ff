import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from './database.ts';

/** Lists read in one step: a list has up to a few hundred papers. */
const LISTS = 10;

/** The ids of papers that a list of this day (`YYYY-MM-DD`) or a later one shows. */
export async function papersListedSince(db: Db, day: string): Promise<Set<number>> {
  const ids = new Set<number>();
  const digests = await db.selectFrom('digests').select('id').where('date', '>=', day).execute();
  for (let at = 0; at < digests.length; at += LISTS) {
    const chunk = digests.slice(at, at + LISTS).map(({ id }) => id);
    const rows = await db.selectFrom('appearances').select('paper_id').where('digest_id', 'in', chunk).execute();
    for (const { paper_id } of rows) ids.add(paper_id);
    await breathe();
  }
  return ids;
}
