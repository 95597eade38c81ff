import { type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { required } from './columns.ts';

/** Which processes run, and a sign of life of those that hold a lease that needs no clock. */
export async function processes(trx: Transaction<Schema>): Promise<void> {
  await trx.schema
    .createTable('processes')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('host', 'text', required)
    .addColumn('pid', 'integer', required)
    .addColumn('roles', 'text', required)
    .addColumn('shards', 'text')
    .addColumn('version', 'text', required)
    .addColumn('started_at', 'text', required)
    .addColumn('seen_at', 'text', required)
    .execute();
  await trx.schema
    .alterTable('leases')
    .addColumn('beats', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
