import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Search } from '../search/result.ts';
import { chunks } from '../store/chunks.ts';
import type { Db } from '../store/database.ts';
import { catchPapers } from './catch-papers.ts';
import { type DueRound, dueRounds } from './due-rounds.ts';
import { FollowedTopics } from './followed-topics.ts';
import { keepRounds } from './keep-rounds.ts';
import { PapersAtHand } from './papers-at-hand.ts';
import { prepareRounds, type Shared } from './prepare-rounds.ts';
import { Queries } from './queries.ts';
import type { Moment } from './round.ts';

/** Destinations planned in one transaction: other writers wait so long. */
const BATCH = 500;
/**
 * Catches held in memory, some 20 MB, until the messages that tell of them are planned: to be stored once and not first as waiting
 * takes half of the time.
 */
const MOST_HELD = 200_000;
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

  /** Plans what is due, of papers that were matched with at most so many catches at once, or somewhat more. */
  async function plan(most: number): Promise<Kept> {
    const papers = new PapersAtHand();
    const { fresh, stored } = await catchPapers(topics, papers, world, most);
    const done = { caught: stored, messages: 0, isWhole: true };
    const shared = { topics, papers, queries: new Queries(), fresh: fresh.byTopic, log };
    const { rounds, ...moment } = await dueRounds(db, topics, fresh.byTopic, clock(), timezone);
    for (const some of chunks(rounds, BATCH)) {
      if (signal?.aborted) return done;
      const kept = await planTogether(db, some, moment, shared);
      done.messages += kept.messages;
      done.caught += kept.caught;
      done.isWhole &&= kept.isWhole;
      await breathe();
    }
    const rest = await fresh.store(db);
    return { ...done, caught: done.caught + (rest ?? 0), isWhole: done.isWhole && rest !== null };
  }

  return async () => {
    const { isWhole, ...done } = await plan(MOST_HELD);
    // Another process plans, or one was ended while it did, or a topic was changed: by what is stored it is seen who was told.
    const again = isWhole ? null : await plan(0);
    const caught = done.caught + (again?.caught ?? 0);
    const messages = done.messages + (again?.messages ?? 0);
    if (caught + messages > 0) log.info({ caught, messages, topics: topics.size }, 'alerts planned');
    return { caught, messages };
  };
}

/** What became of rounds; they are whole when nothing of them is left to be planned. */
type Kept = Planned & { isWhole: boolean };

/** Plans the rounds of some destinations. */
async function planTogether(db: Db, rounds: DueRound[], moment: Moment, shared: Shared): Promise<Kept> {
  const { topics, fresh } = shared;
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const prepared = await prepareRounds(db, rounds, moment, shared);
    const caught = await keepRounds(db, prepared, moment.now);
    if (caught !== null) return { caught, messages: prepared.alerts.length, isWhole: true };
    await topics.catchUp(db);
    // Some of what is fresh here is stored already: which, is seen when all of it is.
    if (prepared.version === topics.version && fresh.size > 0) return { caught: 0, messages: 0, isWhole: false };
  }
  shared.log.warn({ destinations: rounds.length }, 'topics keep changing; their alerts wait for the next round');
  return { caught: 0, messages: 0, isWhole: true };
}
