import type { Db } from './database.ts';
import { IS_OPEN } from './deliveries.ts';
import { write } from './write.ts';

/**
 * Makes a database from the past fit for the present: nobody runs on it, and what waited to be sent may have been sent since,
 * so that it is looked for first.
 */
export async function settleRestored(db: Db): Promise<void> {
  await write(db, async (trx) => {
    await trx.deleteFrom('processes').execute();
    await trx.deleteFrom('leases').execute();
    await trx
      .updateTable('deliveries')
      .set((eb) => ({ unsure_since: eb.ref('planned_at') }))
      .where(IS_OPEN)
      .where('unsure_since', 'is', null)
      .execute();
  });
}
