import type { Transaction } from 'kysely';
import { type Db, isPostgres } from './database.ts';
import type { Schema } from './schema.ts';
import { whenFree } from './when-free.ts';

/**
 * Runs `work` in a transaction, the one under way if `db` is one. While another process writes it waits without blocking
 * the event loop and then runs `work` again from its start, so `work` must change nothing but the database.
 * @throws UserError when another process keeps writing for a minute.
 */
export async function write<T>(db: Db, work: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<Schema>);
  return whenFree(() => transactionOn(db).execute(work));
}

/** What a transaction reads stays as it read it: SQLite's way, and PostgreSQL's only when it is asked for. */
function transactionOn(db: Db) {
  return isPostgres(db) ? db.transaction().setIsolationLevel('serializable') : db.transaction();
}
