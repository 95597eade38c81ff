import { sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { numbered, required } from './columns.ts';

/** What goes out: messages, where none can go any more, and which process sends. */
export async function outbox(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  await schema
    .createTable('deliveries')
    .addColumn('id', 'integer', numbered)
    .addColumn('destination_kind', 'text', required)
    .addColumn('destination_id', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('payload_json', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('nonce', 'text', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('next_attempt_at', 'text', required)
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('unsure_since', 'text')
    .addColumn('planned_at', 'text', required)
    .addColumn('sent_at', 'text')
    .addColumn('message_id', 'text')
    .addColumn('failure_code', 'text')
    .addColumn('failure', 'text')
    .addUniqueConstraint('deliveries_subject', ['destination_kind', 'destination_id', 'subject'])
    .execute();
  await schema
    .createIndex('deliveries_open')
    .on('deliveries')
    .columns(['destination_kind', 'destination_id', 'id'])
    .where(sql.ref('state'), 'in', sql`('planned', 'sending')`)
    .execute();
  await schema
    .createTable('disabled_destinations')
    .addColumn('destination_kind', 'text', required)
    .addColumn('destination_id', 'text', required)
    .addColumn('code', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('disabled_at', 'text', required)
    .addPrimaryKeyConstraint('disabled_destinations_key', ['destination_kind', 'destination_id'])
    .execute();
  await schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text', required)
    .addColumn('held_until', 'text', required)
    .execute();
}
