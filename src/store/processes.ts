import { databaseNow } from './clock.ts';
import type { Db } from './database.ts';
import { write } from './write.ts';

/** A process of `paperboy start`. */
export interface ProcessFacts {
  /** Of this process and no other; leases name it as their owner. */
  id: string;
  host: string;
  pid: number;
  roles: string[];
  /** The shards of Discord's gateway that it serves, as DISCORD_SHARDS says it or `all`; `null`: none. */
  shards: string | null;
  /** Of Paperboy. */
  version: string;
}

export interface RunningProcess extends ProcessFacts {
  startedAt: Date;
  /** Its last sign of life. */
  seenAt: Date;
}

/** How often a process is to show that it runs, in milliseconds. */
export const SIGN_OF_LIFE = 5000;
/** One that has shown nothing for so long does not run any more, in milliseconds. */
const SILENT_FOR = 4 * SIGN_OF_LIFE;

/** Shows that a process runs; to be called again and again. */
export async function showProcess(db: Db, facts: ProcessFacts): Promise<void> {
  const now = (await databaseNow(db)).toISOString();
  const row = { ...facts, roles: facts.roles.join(',') };
  await write(db, (trx) =>
    trx
      .insertInto('processes')
      .values({ ...row, started_at: now, seen_at: now })
      .onConflict((oc) => oc.column('id').doUpdateSet({ seen_at: now }))
      .execute(),
  );
}

/** The process ends. */
export async function removeProcess(db: Db, id: string): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('processes').where('id', '=', id).execute());
}

/** Forgets the processes that died. */
export async function removeSilentProcesses(db: Db): Promise<void> {
  const since = await silentSince(db);
  await write(db, (trx) => trx.deleteFrom('processes').where('seen_at', '<', since).execute());
}

/**
 * The processes that run now, the oldest first: those that showed it within the last twenty seconds by the clock of the
 * database, which is the same for all hosts.
 */
export async function runningProcesses(db: Db): Promise<RunningProcess[]> {
  const query = db
    .selectFrom('processes')
    .selectAll()
    .where('seen_at', '>=', await silentSince(db));
  const rows = await query.orderBy('started_at').orderBy('id').execute();
  return rows.map(({ roles, started_at, seen_at, ...row }) => {
    return { ...row, roles: roles.split(','), startedAt: new Date(started_at), seenAt: new Date(seen_at) };
  });
}

async function silentSince(db: Db): Promise<string> {
  return new Date((await databaseNow(db)).getTime() - SILENT_FOR).toISOString();
}
