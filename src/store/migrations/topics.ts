import { sql, type Transaction } from 'kysely';
import type { Schema } from '../schema.ts';
import { inOrderOfKey, numbered, required } from './columns.ts';

/** Who follows what, what it caught and who was told of it. */
export async function topics(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  await schema
    .createTable('topics')
    .addColumn('id', 'integer', numbered)
    .addColumn('name', 'text', required)
    .addColumn('query', 'text', required)
    .addColumn('reader_id', 'text', required)
    .addColumn('guild_id', 'text')
    .addColumn('destination_kind', 'text', required)
    .addColumn('destination_id', 'text', required)
    .addColumn('destination_form', 'text', required)
    .addColumn('told_by', 'text', required)
    .addColumn('mention_role_id', 'text')
    .addColumn('schedule_json', 'text')
    .addColumn('next_run_at', 'text')
    .addColumn('paused_at', 'text')
    .addColumn('snoozed_until', 'text')
    .addColumn('after_sequence', 'integer', required)
    .addColumn('created_at', 'text', required)
    .addColumn('changed_at', 'text', required)
    .addColumn('version', 'integer', required)
    .execute();
  await schema.createIndex('topics_reader').on('topics').column('reader_id').execute();
  await schema.createIndex('topics_guild').on('topics').column('guild_id').execute();
  await schema.createIndex('topics_destination').on('topics').columns(['destination_kind', 'destination_id']).execute();
  await schema.createIndex('topics_version').on('topics').column('version').unique().execute();
  await schema.createIndex('topics_next_run').on('topics').column('next_run_at').execute();
  await schema
    .createTable('removed_topics')
    .addColumn('topic_id', 'integer', (c) => c.primaryKey())
    .addColumn('version', 'integer', required)
    .execute();
  await schema
    .createTable('catches')
    .addColumn('topic_id', 'integer', required)
    .addColumn('paper_id', 'integer', required)
    .addColumn('caught_at', 'text', required)
    .addColumn('outcome', 'text')
    .addColumn('delivery_id', 'integer')
    .addColumn('settled_at', 'text')
    .addPrimaryKeyConstraint('catches_key', ['topic_id', 'paper_id'])
    .modifyEnd(inOrderOfKey)
    .execute();
  await schema
    .createIndex('catches_waiting')
    .on('catches')
    .column('topic_id')
    .where(sql.ref('outcome'), 'is', null)
    .execute();
  await schema
    .createTable('told_papers')
    .addColumn('destination_kind', 'text', required)
    .addColumn('destination_id', 'text', required)
    .addColumn('paper_id', 'integer', required)
    .addColumn('delivery_id', 'integer')
    .addColumn('told_at', 'text', required)
    .addPrimaryKeyConstraint('told_papers_key', ['destination_kind', 'destination_id', 'paper_id'])
    .modifyEnd(inOrderOfKey)
    .execute();
  await schema
    .createTable('readers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('timezone', 'text')
    .addColumn('quiet_from', 'integer')
    .addColumn('quiet_until', 'integer')
    .execute();
  await schema
    .createTable('saved_papers')
    .addColumn('reader_id', 'text', required)
    .addColumn('paper_id', 'integer', required)
    .addColumn('saved_at', 'text', required)
    .addPrimaryKeyConstraint('saved_papers_key', ['reader_id', 'paper_id'])
    .execute();
  await schema
    .createTable('departed_guilds')
    .addColumn('guild_id', 'text', (c) => c.primaryKey())
    .addColumn('departed_at', 'text', required)
    .execute();
  const counters = trx.selectFrom('counters').select('value').where('name', '=', 'papers');
  const { value } = await counters.executeTakeFirstOrThrow();
  // Papers that are there before the first topic are no topic's business.
  const added = [
    { name: 'topics', value: 0 },
    { name: 'matched', value },
  ];
  await trx.insertInto('counters').values(added).execute();
}
