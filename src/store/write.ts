import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { UserError } from '../core/errors.ts';
import { type Db, isPostgres } from './database.ts';
import type { Schema } from './schema.ts';

/** How long a writer waits for another process's transaction, in milliseconds. A large digest is one transaction. */
const PATIENCE = 60_000;
/** Between two tries, in milliseconds. */
const PAUSE = 15;

/**
 * Runs `work` in a transaction, the one under way if `db` is one. While another process writes it waits without blocking
 * the event loop and then runs `work` again from its start, so `work` must change nothing but the database.
 * @throws UserError when another process keeps writing for a minute.
 */
export async function write<T>(db: Db, work: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<Schema>);
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await transactionOn(db).execute(work);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > end) {
        throw new UserError(
          'Another process has been writing to the database for a minute. Try again when it has ended.',
        );
      }
    }
    await pause(PAUSE);
  }
}

/** What a transaction reads stays as it read it: SQLite's way, and PostgreSQL's only when it is asked for. */
function transactionOn(db: Db) {
  return isPostgres(db) ? db.transaction().setIsolationLevel('serializable') : db.transaction();
}

/** Of two transactions that cannot both be right PostgreSQL lets one go: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html */
const LET_GO = ['40001', '40P01'];

/** Whether another transaction was in the way; SQLite says so when another process writes. */
function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || LET_GO.includes(code);
}
