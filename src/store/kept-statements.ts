import type SQLite from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Statements kept. There are a few hundred, some of them in several lengths; those used last stay. */
const MOST = 500;
/** A longer one is made for as many rows as there happened to be, and takes a lot of memory. In characters. */
const LONGEST = 4000;

/** A connection that keeps its statements prepared: to prepare one takes longer than most take to run. */
export function keepingStatements(sqlite: SQLite.Database): SqliteDatabase {
  const kept = new Map<string, SQLite.Statement>();
  return {
    close: () => void sqlite.close(),
    prepare(text) {
      if (text.length > LONGEST) return sqlite.prepare(text);
      const statement = kept.get(text) ?? sqlite.prepare(text);
      kept.delete(text);
      kept.set(text, statement);
      if (kept.size > MOST) kept.delete(kept.keys().next().value ?? '');
      return statement;
    },
  };
}
