import { hostname } from 'node:os';
import { parseShards, shardWords } from '../../core/shards.ts';
import { every } from '../../schedule.ts';
import type { DatabaseClock } from '../../store/clock.ts';
import {
  type ProcessFacts,
  removeProcess,
  removeSilentProcesses,
  runningProcesses,
  showProcess,
  SIGN_OF_LIFE,
} from '../../store/processes.ts';
import type { Running } from './running.ts';

/** Clocks that differ by more are wrong, in milliseconds. */
const WRONG_BY = 30_000;

type World = Pick<Running, 'id' | 'config' | 'db' | 'roles' | 'log' | 'foundations'>;

/** Shows others from now on that this process runs, and says in the log which ones do the same as it. */
export async function startPulse(world: World, databaseClock: DatabaseClock, version: string): Promise<void> {
  const { id, config, db, roles, log, foundations } = world;
  const words = config.shards ? shardWords(config.shards) : 'all';
  const shards = roles.has('gateway') ? words : null;
  const facts: ProcessFacts = { id, host: hostname(), pid: process.pid, roles: [...roles], shards, version };
  const rivals = findRivals(facts, world);
  const beat = async () => {
    await showProcess(db, facts);
    await rivals();
    await databaseClock.ask();
  };
  await removeSilentProcesses(db);
  const behind = await databaseClock.ask();
  if (Math.abs(behind) > WRONG_BY) {
    const seconds = Math.round(behind / 1000);
    log.warn({ seconds }, 'the clock of this host is behind that of the database by so many seconds; that one is used');
  }
  const beating = every(SIGN_OF_LIFE, { name: 'signs of life', run: beat }, log);
  foundations.push(async () => {
    await beating.stop();
    await removeProcess(db, id);
  });
  await beating.runNow();
}

/**
 * A function that says, once of each, which processes answer what this one answers. That others send or read the sources
 * too is well, since leases decide, and said there.
 */
function findRivals(own: ProcessFacts, { db, log }: World): () => Promise<void> {
  const told = new Set([own.id]);
  return async () => {
    const running = await runningProcesses(db);
    const since = running.find(({ id }) => id === own.id)?.startedAt;
    for (const { id, seenAt, ...facts } of running) {
      // One that died a moment ago shows nothing after we began.
      if (told.has(id) || !since || seenAt <= since || !isSameGateway(facts.shards, own.shards)) continue;
      told.add(id);
      log.warn(
        { process: id, shards: facts.shards },
        'another process answers on the same connection to Discord as this one: stop one of them, or run it with --only or other DISCORD_SHARDS',
      );
    }
  };
}

/** Whether two processes answer for the same servers. Of other numbers of shards nobody can say. */
export function isSameGateway(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  if (a === 'all' || b === 'all') return true;
  const [one, other] = [parseShards(a), parseShards(b)];
  return one.count !== other.count || one.ids.some((id) => other.ids.includes(id));
}
