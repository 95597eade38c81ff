import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { bytes, required } from './columns.ts';

/** What sources that are fetched need: what they tell besides, what was fetched, and how each of them does. */
export async function fetchedSources(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  for (const column of ['code_url', 'project_url', 'summary', 'withdrawn_on']) {
    await schema.alterTable('papers').addColumn(column, 'text').execute();
  }
  await schema.alterTable('digests').addColumn('list_key', 'text').execute();
  await schema
    .alterTable('digests')
    .addColumn('only_new', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema.createIndex('digests_list_key').unique().on('digests').column('list_key').execute();
  await schema
    .createTable('readings')
    .addColumn('paper_id', 'integer', (c) => c.notNull().references('papers.id').onDelete('cascade'))
    .addColumn('source', 'text', required)
    .addColumn('read_at', 'text', required)
    .addColumn('comments', 'integer')
    .addColumn('upvotes', 'integer')
    .addPrimaryKeyConstraint('readings_key', ['paper_id', 'source', 'read_at'])
    .execute();
  await schema
    .createTable('source_states')
    .addColumn('source', 'text', (c) => c.primaryKey())
    .addColumn('looked_at', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('problem', 'text')
    .addColumn('failing_since', 'text')
    .addColumn('next_try_at', 'text')
    .addColumn('fresh_at', 'text')
    .addColumn('stale_at', 'text')
    .addColumn('resting', 'integer', required)
    .execute();
  await schema
    .createTable('fetches')
    .addColumn('address', 'text', (c) => c.primaryKey())
    .addColumn('fetched_at', 'text', required)
    .addColumn('content_hash', 'text', required)
    .addColumn('etag', 'text')
    .addColumn('last_modified', 'text')
    .addColumn('rest_days_json', 'text', required)
    .execute();
  await schema
    .createTable('hosts')
    .addColumn('host', 'text', (c) => c.primaryKey())
    .addColumn('next_turn_at', 'text', required)
    .addColumn('rests_until', 'text')
    .addColumn('failures', 'integer', required)
    .execute();
  await schema
    .createTable('unreadable_documents')
    .addColumn('source', 'text', required)
    .addColumn('origin', 'text', required)
    .addColumn('reason', 'text', required)
    .addColumn('read_at', 'text', required)
    .addColumn('raw_gzip', bytes, required)
    .addPrimaryKeyConstraint('unreadable_documents_key', ['source', 'origin'])
    .execute();
  await schema
    .createTable('backfilled_days')
    .addColumn('source', 'text', required)
    .addColumn('date', 'text', required)
    .addPrimaryKeyConstraint('backfilled_days_key', ['source', 'date'])
    .execute();
}
