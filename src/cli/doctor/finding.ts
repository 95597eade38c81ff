import { UserError } from '../../core/errors.ts';
import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../store/database.ts';

/** What a check found. The text of a warning or a fault also says what to do. */
export interface Finding {
  /** `warning`: Paperboy runs, and something needs a look. `fault`: something does not work. */
  level: 'ok' | 'warning' | 'fault';
  text: string;
}

/** The disk that a folder is on, in bytes. */
export interface Space {
  free: number;
  total: number;
}

/** What checks are told of the machine; a parameter, so that tests can say. */
export interface Machine {
  clock: Clock;
  fetch: typeof fetch;
  /** For example `20.20.2`. */
  nodeVersion: string;
  space: (folder: string) => Promise<Space>;
  /** How long a check may take, in milliseconds. */
  patience: number;
}

/** What checks look at. */
export interface World extends Machine {
  config: Config;
  /** `null` when there is none yet: looking must not create one. An error when it cannot be looked at. */
  database: Promise<Db | Error | null>;
}

export type Check = (world: World) => Promise<Finding[]>;

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const warning = (text: string): Finding => ({ level: 'warning', text });
export const fault = (text: string): Finding => ({ level: 'fault', text });

/** The database is of an older version, and the next start changes it. */
export class OutdatedError extends UserError {}

/** What a check that needs the database finds with it; without one, what `none` says. */
export function withDatabase(none: string, check: (db: Db, world: World) => Promise<Finding[]>): Check {
  return async (world) => {
    const db = await world.database;
    if (db instanceof OutdatedError)
      return [ok('Not checked before the next start, which brings the database up to date.')];
    if (db instanceof Error) return [warning('Not checked: mend the database first.')];
    return db ? check(db, world) : [ok(none)];
  };
}

/** A moment for people, to the minute: `2025-03-11 08:00 UTC`. */
export function minute(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
