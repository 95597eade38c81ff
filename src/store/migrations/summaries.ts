import type { Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { numbered, required } from './columns.ts';

/** Daily and weekly posts: what was set, what became of each day, and which papers were shown. */
export async function summaries(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  await schema
    .createTable('summaries')
    .addColumn('id', 'integer', numbered)
    .addColumn('guild_id', 'text', required)
    .addColumn('channel_id', 'text', required)
    .addColumn('destination_form', 'text', required)
    .addColumn('reader_id', 'text', required)
    .addColumn('period', 'text', required)
    .addColumn('schedule_json', 'text', required)
    .addColumn('next_run_at', 'text', required)
    .addColumn('next_local_date', 'text', required)
    .addColumn('starts_on', 'text', required)
    .addColumn('topics_json', 'text', required)
    .addColumn('size', 'text', required)
    .addColumn('mention_role_id', 'text')
    .addColumn('minimum', 'integer', required)
    .addColumn('when_empty', 'text', required)
    .addColumn('tags_json', 'text')
    .addColumn('paused_at', 'text')
    .addColumn('created_at', 'text', required)
    .execute();
  await schema.createIndex('summaries_guild').on('summaries').column('guild_id').execute();
  await schema.createIndex('summaries_next').on('summaries').column('next_run_at').execute();
  await schema
    .createTable('summary_posts')
    .addColumn('summary_id', 'integer', required)
    .addColumn('local_date', 'text', required)
    .addColumn('outcome', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('delivery_id', 'integer')
    .addColumn('planned_at', 'text', required)
    .addColumn('edition_json', 'text')
    .addColumn('edits', 'integer', (c) => required(c).defaultTo(0))
    .addColumn('edited_at', 'text')
    .addPrimaryKeyConstraint('summary_posts_key', ['summary_id', 'local_date'])
    .execute();
  await schema.createIndex('summary_posts_planned').on('summary_posts').column('planned_at').execute();
  await schema
    .createTable('summary_papers')
    .addColumn('summary_id', 'integer', required)
    .addColumn('paper_id', 'integer', required)
    .addColumn('local_date', 'text', required)
    .addPrimaryKeyConstraint('summary_papers_key', ['summary_id', 'paper_id'])
    .execute();
}
