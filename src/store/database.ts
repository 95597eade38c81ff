import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect, type Transaction } from 'kysely';
import { errorText, UserError } from '../core/errors.ts';
import { migrate } from './migrations.ts';
import type { Schema } from './schema.ts';

/** The database or a transaction on it. */
export type Db = Kysely<Schema> | Transaction<Schema>;

/** How long a writer waits for another process, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/**
 * Opens the database at `url` (`sqlite:PATH`, or `sqlite::memory:`), creating and migrating it as needed. Close it with
 * `destroy()`.
 * @throws UserError when the address is not understood, the file cannot be opened, or a newer Paperboy wrote it.
 */
export async function openDatabase(url: string): Promise<Kysely<Schema>> {
  if (!url.startsWith('sqlite:')) {
    throw new UserError(
      `DATABASE_URL starts with "${url.split(':')[0]}:"; expected sqlite:PATH, for example sqlite:data/paperboy.db.`,
    );
  }
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: openSqlite(url.slice('sqlite:'.length)) }),
  });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

function openSqlite(path: string): SQLite.Database {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const sqlite = new SQLite(path);
    sqlite.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    return sqlite;
  } catch (error) {
    throw new UserError(
      `The database ${path} cannot be opened: ${errorText(error)}. Check DATABASE_URL, the folder's permissions and free space.`,
    );
  }
}
