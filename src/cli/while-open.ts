import type { Kysely } from 'kysely';
import type { Schema } from '../store/schema.ts';

/** Works with a database that was just opened, and closes it. Returns what `work` does. */
export async function whileOpen<T>(
  opening: Promise<Kysely<Schema>>,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  const db = await opening;
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}
