import { sql } from 'kysely';
import type { Clock } from '../core/clock.ts';
import { type Db, isPostgres } from './database.ts';

/** The present moment by the clock of the database, which is the same for all hosts; with SQLite that of this host. */
export async function databaseNow(db: Db): Promise<Date> {
  const now = isPostgres(db) ? sql`clock_timestamp()` : sql`strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;
  const { rows } = await sql<{ now: Date | string }>`select ${now} as now`.execute(db);
  return new Date(rows[0]?.now ?? NaN);
}

/** Two clocks that differ by less are one, in milliseconds. */
const SLACK = 1000;

export interface DatabaseClock {
  /** The present moment, by the clock of the database as it was when it was last asked. */
  clock: Clock;
  /** Asks the database. Returns by how many milliseconds the clock of this host is behind it; negative: ahead of it. */
  ask: () => Promise<number>;
}

/** A clock that hosts share though their own clocks differ. Until it has asked, it is that of this host. */
export function createDatabaseClock(db: Db): DatabaseClock {
  let behind = 0;
  return {
    clock: () => new Date(Date.now() + behind),
    async ask() {
      const before = Date.now();
      const now = (await databaseNow(db)).getTime();
      const after = Date.now();
      behind = before - SLACK < now && now < after + SLACK ? 0 : Math.round(now - (before + after) / 2);
      return behind;
    },
  };
}
