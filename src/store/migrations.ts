import { type Kysely, sql, type Transaction } from 'kysely';
import { UserError } from '../core/errors.ts';
import { deliveryForms } from './migrations/delivery-forms.ts';
import { drafts } from './migrations/drafts.ts';
import { dueDeliveries } from './migrations/due-deliveries.ts';
import { fetchedSources } from './migrations/fetched-sources.ts';
import { first } from './migrations/first.ts';
import { outbox } from './migrations/outbox.ts';
import { processes } from './migrations/processes.ts';
import { replays } from './migrations/replays.ts';
import { sourceRests } from './migrations/source-rests.ts';
import { summaries } from './migrations/summaries.ts';
import { topics } from './migrations/topics.ts';
import { traces } from './migrations/traces.ts';
import type { Schema } from './schema.ts';
import { whenFree } from './when-free.ts';

type Migration = (trx: Transaction<Schema>) => Promise<unknown>;

/** Append only: a migration's place in the list is the version it leads to. */
const MIGRATIONS: Migration[] = [
  first,
  fetchedSources,
  outbox,
  deliveryForms,
  topics,
  summaries,
  sourceRests,
  replays,
  traces,
  processes,
  drafts,
  dueDeliveries,
];

/**
 * Brings the schema to the newest version, each migration in a transaction of its own. Safe to run in several processes.
 * @throws UserError when the database is of a newer version than this program.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  // Reading alone need not wait for a process that is writing.
  if ((await readVersion(db)) === MIGRATIONS.length) return;
  await whenFree(() => createVersion(db), CREATED_MEANWHILE);
  while (await whenFree(() => migrateOnce(db)));
}

/** What PostgreSQL says when two processes create the same table at once. */
const CREATED_MEANWHILE = ['23505', '42P07'];

async function createVersion(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  await sql`insert into schema_version (id, version) values (1, 0) on conflict (id) do nothing`.execute(db);
}

/** The version of a database's schema, `null` before the first, and the one that this Paperboy brings it to. */
export async function schemaVersion(db: Kysely<Schema>): Promise<{ found: number | null; known: number }> {
  return { found: await readVersion(db), known: MIGRATIONS.length };
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
