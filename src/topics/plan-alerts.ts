import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Search } from '../search/result.ts';
import { settleCatches } from '../store/catches.ts';
import { chunks } from '../store/chunks.ts';
import type { Db } from '../store/database.ts';
import { planDeliveries } from '../store/deliveries.ts';
import { moveToNextRun } from '../store/due-topics.ts';
import { takePlanning } from '../store/matched.ts';
import { recordTold } from '../store/told-papers.ts';
import { write } from '../store/write.ts';
import { catchPapers } from './catch-papers.ts';
import { type DueRound, dueRounds } from './due-rounds.ts';
import { FollowedTopics } from './followed-topics.ts';
import { PapersAtHand } from './papers-at-hand.ts';
import { type PreparedRounds, prepareRounds, type Shared } from './prepare-rounds.ts';
import { Queries } from './queries.ts';
import type { Moment } from './round.ts';

/** Destinations planned in one transaction: other writers wait so long. */
const BATCH = 300;
/** Where others keep changing what a round is about, it waits for the next one. */
const MOST_TRIES = 5;

export interface AlertWorld {
  db: Db;
  /** For how rare words are; it need not be up to date. */
  search: Pick<Search, 'frequency'>;
  clock: Clock;
  log: Log;
  /** The zone of readers who never told theirs. */
  timezone: string;
  /** Ends a call early, between two transactions; the next call goes on from there. */
  signal?: AbortSignal;
}

/** What a call of the planner brought. */
export interface Planned {
  /** Pairs of a new paper and a topic that it matches. */
  caught: number;
  /** Messages planned for the outbox. */
  messages: number;
}

/**
 * A function that matches what is new in the archive with all topics and plans what is due to be told. Call it again and
 * again, one call at a time; several processes may do so on one database, and each paper is told once all the same.
 */
export function createAlertPlanner(world: AlertWorld): () => Promise<Planned> {
  const { db, search, clock, log, timezone, signal } = world;
  const topics = new FollowedTopics((stem) => search.frequency([stem]));
  return async () => {
    const caught = await catchPapers(topics, world);
    const shared = { topics, papers: new PapersAtHand(), queries: new Queries(), log };
    const { rounds, ...moment } = await dueRounds(db, topics, clock(), timezone);
    let messages = 0;
    for (const some of chunks(rounds, BATCH)) {
      if (signal?.aborted) break;
      messages += await planTogether(db, some, moment, shared);
      await breathe();
    }
    if (caught + messages > 0) log.info({ caught, messages, topics: topics.size }, 'alerts planned');
    return { caught, messages };
  };
}

/** Plans the rounds of some destinations. Returns how many messages there are. */
async function planTogether(db: Db, rounds: DueRound[], moment: Moment, shared: Shared): Promise<number> {
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const prepared = await prepareRounds(db, rounds, moment, shared);
    if (await keep(db, prepared, moment.now)) return prepared.alerts.length;
    await shared.topics.catchUp(db);
  }
  shared.log.warn({ destinations: rounds.length }, 'topics keep changing; their alerts wait for the next round');
  return 0;
}

/** Somebody changed a topic or planned the same papers meanwhile. */
class Overtaken extends Error {}

/** Stores prepared rounds, whole or not at all. Returns whether they were still right. */
async function keep(db: Db, { version, alerts, settled, ran }: PreparedRounds, now: Date): Promise<boolean> {
  try {
    await write(db, async (trx) => {
      const newest = (await takePlanning(trx)).version;
      if (newest !== version) throw new Overtaken();
      const ids = await planDeliveries(
        trx,
        alerts.map(({ delivery }) => delivery),
        now,
      );
      const told = alerts.flatMap(({ delivery: { destination }, paperIds }, index) =>
        paperIds.map((paperId) => ({ destination, paperId, deliveryId: ids[index] ?? null })),
      );
      const toldNow = alerts.flatMap(({ caught }, index) =>
        caught.map(({ topicId, paperId }) => ({
          topicId,
          paperId,
          outcome: 'told' as const,
          deliveryId: ids[index] ?? null,
        })),
      );
      const all = [...toldNow, ...settled];
      const isWhole =
        (await recordTold(trx, told, now)) === told.length && (await settleCatches(trx, all, now)) === all.length;
      if (!isWhole) throw new Overtaken();
      await moveToNextRun(trx, ran, now);
    });
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}
