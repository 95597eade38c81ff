import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from './database.ts';

/** Appearances read in one step: some milliseconds' work. */
const STEP = 2000;

/**
 * The ids of the papers that lists of `since` and later days (`YYYY-MM-DD`) show, in slices, the lists of the first day first.
 * A paper comes as often as lists show it.
 */
export async function* papersListedFrom(db: Db, since: string): AsyncGenerator<{ day: string; paperIds: number[] }> {
  const digests = await db
    .selectFrom('digests')
    .select(['id', 'date'])
    .where('date', '>=', since)
    .orderBy('date')
    .orderBy('id')
    .execute();
  for (const { id, date } of digests) {
    if (date !== null) for await (const paperIds of papersOf(db, id)) yield { day: date, paperIds };
  }
}

async function* papersOf(db: Db, digest: number): AsyncGenerator<number[]> {
  for (let last = -1; ;) {
    const rows = await db
      .selectFrom('appearances')
      .select(['paper_id', 'position'])
      .where('digest_id', '=', digest)
      .where('position', '>', last)
      .orderBy('position')
      .limit(STEP)
      .execute();
    yield rows.map(({ paper_id }) => paper_id);
    await breathe();
    last = rows.at(-1)?.position ?? last;
    if (rows.length < STEP) return;
  }
}
