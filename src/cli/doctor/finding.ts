import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../../store/database.ts';

/** What a check found. The text of a warning or a fault also says what to do. */
export interface Finding {
  /** `warning`: Paperboy runs, and something needs a look. `fault`: something does not work. */
  level: 'ok' | 'warning' | 'fault';
  text: string;
}

/** What checks are told of the machine; a parameter, so that tests can say. */
export interface Machine {
  clock: Clock;
  fetch: typeof fetch;
  /** For example `20.20.2`. */
  nodeVersion: string;
  /** Free space of the disk that a folder is on, in bytes. */
  freeSpace: (folder: string) => Promise<number>;
}

/** What checks look at. */
export interface World extends Machine {
  config: Config;
  /** `null` when there is none yet: looking must not create one. An error when it cannot be opened. */
  database: Db | Error | null;
}

export type Check = (world: World) => Promise<Finding[]>;

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const warning = (text: string): Finding => ({ level: 'warning', text });
export const fault = (text: string): Finding => ({ level: 'fault', text });

/** A moment for people, to the minute: `2025-03-11 08:00 UTC`. */
export function minute(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
