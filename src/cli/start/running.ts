import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../store/database.ts';
import type { Search } from '../../search/result.ts';
import type { Terminal } from '../terminal.ts';
import type { Monitor } from './monitor.ts';
import type { Place } from './place.ts';
import type { Role } from './roles.ts';

/** Ends what was opened. */
export type Close = () => Promise<unknown>;

/** What the roles of one process share. */
export interface Running {
  /** Of this process and no other, for leases. */
  id: string;
  /** How long a process that died keeps others from doing what one does at a time, in milliseconds. */
  takenOverAfter: number;
  config: Config;
  roles: ReadonlySet<Role>;
  db: Db;
  /** That of the database, since hosts' clocks differ. */
  clock: Clock;
  log: Log;
  /** Takes the lines of other threads' logs. */
  writeLog: (line: string) => void;
  terminal: Terminal;
  place: Place;
  /** `null` where nothing is served over HTTP. */
  monitor: Monitor | null;
  /** The index, opened when it is first asked for; it follows the store from then on. */
  search: () => Promise<Search>;
  /** To be called when the process ends, all at once: each stops taking work, and waits for what is under way. */
  closers: Close[];
  /** To be called after those, the last first. */
  foundations: Close[];
}
