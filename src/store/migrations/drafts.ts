import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/** Messages may be made when they are sent. */
export async function drafts(trx: Transaction<Schema>): Promise<void> {
  await trx.schema.alterTable('deliveries').addColumn('draft_json', 'text').execute();
}
