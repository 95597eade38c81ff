import { type ColumnDefinitionBuilder, type Kysely, sql, type Transaction } from 'kysely';
import { UserError } from '../core/errors.ts';
import type { Schema } from './schema.ts';

type Migration = (trx: Transaction<Schema>) => Promise<unknown>;

/** Append only: a migration's place in the list is the version it leads to. */
const MIGRATIONS: Migration[] = [first, fetchedSources, outbox];

/**
 * Brings the schema to the newest version, each migration in a transaction of its own. Safe to run in several processes.
 * @throws UserError when the database is of a newer version than this program.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  // Reading alone need not wait for a process that is writing.
  if ((await readVersion(db)) === MIGRATIONS.length) return;
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  await sql`insert into schema_version (id, version) values (1, 0) on conflict (id) do nothing`.execute(db);
  while (await migrateOnce(db));
}

/** `null` for a database without tables. */
async function readVersion(db: Kysely<Schema>): Promise<number | null> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'schema_version')) return null;
  const row = await db.selectFrom('schema_version').select('version').executeTakeFirst();
  return row?.version ?? null;
}

/** Returns whether there may be more to do. */
async function migrateOnce(db: Kysely<Schema>): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // The update comes first: it takes the row, so that of two processes starting together one waits.
    const { version } = await trx
      .updateTable('schema_version')
      .set((eb) => ({ version: eb.ref('version') }))
      .returning('version')
      .executeTakeFirstOrThrow();
    if (version > MIGRATIONS.length) {
      throw new UserError(
        `The database has version ${version}, and this Paperboy knows up to ${MIGRATIONS.length}. Install the newer Paperboy that wrote it, or point DATABASE_URL elsewhere.`,
      );
    }
    const next = MIGRATIONS[version];
    if (!next) return false;
    await next(trx);
    await trx
      .updateTable('schema_version')
      .set({ version: version + 1 })
      .execute();
    return true;
  });
}

/** SQLite's spelling of a key the database numbers by itself, never reusing a number. */
const numbered = (column: ColumnDefinitionBuilder) => column.primaryKey().autoIncrement();
/** SQLite's name of a column of bytes. */
const bytes = 'blob';
const required = (column: ColumnDefinitionBuilder) => column.notNull();

async function first(trx: Transaction<Schema>): Promise<void> {
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

/** What sources that are fetched need: what they tell besides, what was fetched, and how each of them does. */
async function fetchedSources(trx: Transaction<Schema>): Promise<void> {
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

/** What goes out: messages, where none can go any more, and which process sends. */
async function outbox(trx: Transaction<Schema>): Promise<void> {
  const { schema } = trx;
  await schema
    .createTable('deliveries')
    .addColumn('id', 'integer', numbered)
    .addColumn('destination_kind', 'text', required)
    .addColumn('destination_id', 'text', required)
    .addColumn('subject', 'text', required)
    .addColumn('payload_json', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('nonce', 'text', (c) => c.notNull().unique())
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
