import { sql } from 'kysely';
import { type Db, isPostgres } from './database.ts';

/**
 * Gives what was freed in an SQLite file back to the disk; it needs as much free space as the file has, and writers wait
 * meanwhile. Returns false for PostgreSQL, which sees to that by itself.
 */
export async function compact(db: Db): Promise<boolean> {
  if (isPostgres(db)) return false;
  // Until whoever writes is done; nobody else is waited for here.
  await sql`pragma busy_timeout = 60000`.execute(db);
  await sql`vacuum`.execute(db);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  return true;
}
