import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, PostgresAdapter, SqliteDialect, type Transaction } from 'kysely';
import { errorText, UserError } from '../core/errors.ts';
import { addressFault, isPostgresUrl } from './database-address.ts';
import { keepingStatements } from './kept-statements.ts';
import { migrate } from './migrations.ts';
import { openPostgres } from './postgres.ts';
import type { Schema } from './schema.ts';

/** The database or a transaction on it. */
export type Db = Kysely<Schema> | Transaction<Schema>;

/** Whether this is PostgreSQL, or something that speaks its protocol; else it is SQLite. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** While opening, another process may be creating or mending the file: wait for it. In milliseconds. */
const OPENING_TIMEOUT = 10_000;
/** SQLite waits by blocking the whole thread; while serving, `write` waits instead. In milliseconds. */
const SERVING_TIMEOUT = 5;

/**
 * Opens the database at `url` (`sqlite:PATH`, `sqlite::memory:`, `postgres://…`), creating and migrating it as needed. Close it
 * with `destroy()`. Write to it through `write` of write.ts.
 * @throws UserError when the address is not understood, the database cannot be opened, or a newer Paperboy wrote it.
 */
export async function openDatabase(url: string): Promise<Kysely<Schema>> {
  checkAddress(url);
  if (isPostgresUrl(url)) return migrated(await openPostgres(url));
  const sqlite = openSqlite(url.slice('sqlite:'.length));
  const db = await migrated(
    new Kysely<Schema>({ dialect: new SqliteDialect({ database: keepingStatements(sqlite) }) }),
  );
  sqlite.pragma(`busy_timeout = ${SERVING_TIMEOUT}`);
  return db;
}

/**
 * Opens a database that is there for those who look: creates nothing, and leaves its schema as it is (`schemaVersion` tells).
 * @throws UserError when it cannot be opened.
 */
export async function openUnchanged(url: string): Promise<Kysely<Schema>> {
  checkAddress(url);
  if (isPostgresUrl(url)) return openPostgres(url);
  const sqlite = openSqlite(url.replace(/^sqlite:/, ''), { isThere: true });
  sqlite.pragma(`busy_timeout = ${SERVING_TIMEOUT}`);
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: keepingStatements(sqlite) }) });
}

function checkAddress(url: string): void {
  const fault = addressFault(url);
  if (fault !== null) throw new UserError(`The address of the database is not understood: ${fault}.`);
}

async function migrated(db: Kysely<Schema>): Promise<Kysely<Schema>> {
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function openSqlite(path: string, { isThere = false } = {}): SQLite.Database {
  let sqlite: SQLite.Database | undefined;
  try {
    if (path !== ':memory:' && !isThere) mkdirSync(dirname(path), { recursive: true });
    sqlite = new SQLite(path, { fileMustExist: isThere });
    sqlite.pragma(`busy_timeout = ${OPENING_TIMEOUT}`);
    if (!isThere) sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw new UserError(
      `The database ${path} cannot be opened: ${errorText(error)}. Check DATABASE_URL, the folder's permissions and free space.`,
    );
  }
}
