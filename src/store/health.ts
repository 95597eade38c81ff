import { sql } from 'kysely';
import { type Db, isPostgres } from './database.ts';
import { write } from './write.ts';

/** The path of an SQLite database; `null` for one in memory, and for others. */
export function databaseFile(url: string): string | null {
  return url.startsWith('sqlite:') && url !== 'sqlite::memory:' ? url.slice('sqlite:'.length) : null;
}

/**
 * What SQLite finds wrong with the file, in its words (https://sqlite.org/pragma.html#pragma_quick_check); often none. Other
 * engines look after themselves.
 */
export async function integrityProblems(db: Db): Promise<string[]> {
  if (isPostgres(db)) return [];
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db);
  return rows.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok');
}

/**
 * Writes, and changes nothing.
 * @throws UserError when another process keeps writing for a minute; else whatever keeps the database from being written.
 */
export async function tryWriting(db: Db): Promise<void> {
  await write(db, (trx) =>
    trx
      .updateTable('counters')
      .set((eb) => ({ value: eb.ref('value') }))
      .execute(),
  );
}

/** How many documents of each source are kept because they could not be read, and why the latest could not. */
export async function unreadableBySource(
  db: Db,
): Promise<{ source: string; documents: number; latest: Date; reason: string }[]> {
  const rows = await db
    .selectFrom('unreadable_documents')
    .select(['source', 'reason', 'read_at'])
    .orderBy('source')
    .orderBy('read_at', 'desc')
    .execute();
  const sources = new Map<string, { source: string; documents: number; latest: Date; reason: string }>();
  for (const { source, reason, read_at } of rows) {
    const known = sources.get(source);
    if (known) known.documents += 1;
    else sources.set(source, { source, documents: 1, latest: new Date(read_at), reason });
  }
  return [...sources.values()];
}
