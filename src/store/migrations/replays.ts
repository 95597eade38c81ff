import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/** What it takes to read a kept document again as it would have been read. */
export async function replays(trx: Transaction<Schema>): Promise<void> {
  await trx.schema.alterTable('unreadable_documents').addColumn('expected_json', 'text').execute();
}
