import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';

/** Why a source rests, not only that it does. */
export async function sourceRests(trx: Transaction<Schema>): Promise<void> {
  await trx.schema.alterTable('source_states').dropColumn('resting').execute();
  await trx.schema.alterTable('source_states').addColumn('rest', 'text').execute();
}
