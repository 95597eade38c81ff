import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/** Under which id of the log a message was planned. */
export async function traces(trx: Transaction<Schema>): Promise<void> {
  await trx.schema.alterTable('deliveries').addColumn('trace', 'text').execute();
}
