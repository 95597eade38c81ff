import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from './database.ts';
import { write } from './write.ts';

/** Deliveries that are looked at, and forgotten, at once. */
const STEP = 1000;

/**
 * Forgets the deliveries that were planned before `date`, in the order in which they were planned and up to the first that is
 * neither sent nor failed, until `signal` is aborted. Subjects name days or papers that were new then, so none comes again
 * after so long. Returns how many were forgotten.
 */
export async function forgetDeliveriesBefore(db: Db, date: Date, signal?: AbortSignal): Promise<number> {
  let forgotten = 0;
  for (;;) {
    if (signal?.aborted) return forgotten;
    const old = await oldest(db, date);
    const last = old.at(-1);
    if (last === undefined) return forgotten;
    await write(db, (trx) => trx.deleteFrom('deliveries').where('id', '<=', last).execute());
    forgotten += old.length;
    await breathe();
  }
}

/** The ids of the first deliveries, as long as they are old and over. */
async function oldest(db: Db, date: Date): Promise<number[]> {
  const query = db.selectFrom('deliveries').select(['id', 'planned_at', 'state']);
  const rows = await query.orderBy('id').limit(STEP).execute();
  const end = rows.findIndex(
    ({ planned_at, state }) => planned_at >= date.toISOString() || (state !== 'sent' && state !== 'failed'),
  );
  return (end === -1 ? rows : rows.slice(0, end)).map(({ id }) => id);
}
