import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { bytes, numbered, required } from './columns.ts';

/** Papers, the digests that show them, and what the bot remembers. */
export async function first(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  await schema
    .createTable('counters')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'integer', required)
    .execute();
  await trx.insertInto('counters').values({ name: 'papers', value: 0 }).execute();
  await schema
    .createTable('papers')
    .addColumn('id', 'integer', numbered)
    .addColumn('arxiv_id', 'text', (c) => c.unique())
    .addColumn('title', 'text', required)
    .addColumn('title_key', 'text', required)
    .addColumn('abstract', 'text')
    .addColumn('authors_json', 'text')
    .addColumn('author_count', 'integer')
    .addColumn('organization_handle', 'text')
    .addColumn('organization_name', 'text')
    .addColumn('published_on', 'text')
    .addColumn('comments', 'integer')
    .addColumn('upvotes', 'integer')
    .addColumn('keywords_json', 'text')
    .addColumn('external_id', 'text')
    .addColumn('url', 'text')
    .addColumn('added_sequence', 'integer', required)
    .addColumn('changed_sequence', 'integer', required)
    .execute();
  await schema.createIndex('papers_title_key').on('papers').column('title_key').execute();
  await schema.createIndex('papers_added_sequence').on('papers').column('added_sequence').execute();
  await schema.createIndex('papers_changed_sequence').on('papers').column('changed_sequence').execute();
  await schema
    .createTable('digests')
    .addColumn('id', 'integer', numbered)
    .addColumn('source', 'text', required)
    .addColumn('origin', 'text', required)
    .addColumn('layout', 'text', required)
    .addColumn('date', 'text')
    .addColumn('given_date', 'text')
    .addColumn('content_hash', 'text', (c) => c.notNull().unique())
    .addColumn('rejected_json', 'text', required)
    .addColumn('read_at', 'text', required)
    .addColumn('read_on', 'text', required)
    .addColumn('raw_gzip', bytes, required)
    .execute();
  await schema
    .createTable('appearances')
    .addColumn('digest_id', 'integer', (c) => c.notNull().references('digests.id').onDelete('cascade'))
    .addColumn('position', 'integer', required)
    .addColumn('paper_id', 'integer', (c) => c.notNull().references('papers.id').onDelete('cascade'))
    .addColumn('comments', 'integer')
    .addColumn('upvotes', 'integer')
    .addPrimaryKeyConstraint('appearances_key', ['digest_id', 'position'])
    .execute();
  await schema.createIndex('appearances_paper').on('appearances').column('paper_id').execute();
  await schema
    .createTable('removed_papers')
    .addColumn('paper_id', 'integer', (c) => c.primaryKey())
    .addColumn('sequence', 'integer', required)
    .execute();
  await schema
    .createTable('ingestions')
    .addColumn('id', 'integer', numbered)
    .addColumn('started_at', 'text', required)
    .addColumn('finished_at', 'text')
    .addColumn('digests', 'integer', required)
    .addColumn('unreadable', 'integer', required)
    .addColumn('new_papers', 'integer', required)
    .execute();
  await schema
    .createTable('settings')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', required)
    .execute();
  await schema
    .createTable('button_states')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('state_json', 'text', required)
    .addColumn('created_at', 'text', required)
    .execute();
}
