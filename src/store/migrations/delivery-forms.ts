import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { required } from './columns.ts';

/** Forum posts, announcements and edits beside plain messages; and since when a lease is held. */
export async function deliveryForms(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  await schema
    .alterTable('deliveries')
    .addColumn('form', 'text', (c) => required(c).defaultTo('message'))
    .execute();
  await schema.alterTable('deliveries').addColumn('edits_id', 'integer').execute();
  await schema
    .createIndex('deliveries_edits')
    .on('deliveries')
    .column('edits_id')
    .where('edits_id', 'is not', null)
    .execute();
  // A lease of an earlier version does not matter: it runs out within a minute.
  await trx.deleteFrom('leases').execute();
  await schema
    .alterTable('leases')
    .addColumn('held_since', 'text', (c) => required(c).defaultTo(''))
    .execute();
}
