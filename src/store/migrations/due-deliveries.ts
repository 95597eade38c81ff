import { sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/** Finds what is due without looking at everything that waits: a hundred thousand messages may be due at nine. */
export async function dueDeliveries({ schema }: Transaction<Schema>): Promise<void> {
  await schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .columns(['next_attempt_at', 'id'])
    .where(sql.ref('state'), 'in', sql`('planned', 'sending')`)
    .execute();
}
