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
  const transact = () => whenFree(() => transactionOn(db).execute(work));
  return isPostgres(db) ? transact() : inLine(db, transact);
}

const lines = new WeakMap<Db, Promise<unknown>>();

/**
 * The writers of this process wait in a line, because SQLite's single one is whoever asks in the right moment: each try takes
 * milliseconds of the thread, and a hundred who try while a large digest is stored would hold up everything.
 */
function inLine<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const turn = (lines.get(db) ?? Promise.resolve()).then(work);
  lines.set(
    db,
    turn.catch(() => {}),
  );
  return turn;
}

/**
 * What a transaction reads stays as it read it: SQLite's way, and PostgreSQL's only when it is asked for. Whoever decides by what
 * it read first takes a row that all take who decide the like, a counter for example; so it needs no `serializable`, which of
 * fifty messages that are marked as sent lets many go that have nothing to do with each other.
 */
function transactionOn(db: Db) {
  return isPostgres(db) ? db.transaction().setIsolationLevel('repeatable read') : db.transaction();
}
