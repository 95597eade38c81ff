import type { Db } from './database.ts';
import { write } from './write.ts';

/** The days of the past that need not be asked of `source` again. */
export async function backfilledDays(db: Db, source: string): Promise<Set<string>> {
  const rows = await db.selectFrom('backfilled_days').select('date').where('source', '=', source).execute();
  return new Set(rows.map(({ date }) => date));
}

/** Remembers that a day of `source` has been read. */
export async function markBackfilled(db: Db, source: string, date: string): Promise<void> {
  await write(db, (trx) =>
    trx
      .insertInto('backfilled_days')
      .values({ source, date })
      .onConflict((oc) => oc.doNothing())
      .execute(),
  );
}
