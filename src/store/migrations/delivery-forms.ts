import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { required } from './columns.ts';

/** Forum posts, announcements and edits beside plain messages. */
export async function deliveryForms(trx: Transaction<Schema>): Promise<void> {
  await trx.schema
    .alterTable('deliveries')
    .addColumn('form', 'text', (c) => required(c).defaultTo('message'))
    .execute();
}
