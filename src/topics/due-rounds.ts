import { setImmediate as breathe } from 'node:timers/promises';
import { chunks } from '../store/chunks.ts';
import type { Db } from '../store/database.ts';
import type { Destination } from '../store/deliveries.ts';
import { disabledDestinations } from '../store/disabled-destinations.ts';
import { topicsRun, topicsWaiting } from '../store/due-topics.ts';
import { findReaders } from '../store/readers.ts';
import type { FollowedTopic } from '../store/topics.ts';
import type { FollowedTopics } from './followed-topics.ts';
import { quietUntil } from './quiet-hours.ts';
import { isDue, type Moment } from './round.ts';

/** Topics looked at in one step. */
const STEP = 2000;

/** A destination that may be told something now. */
export interface DueRound {
  destination: Destination;
  /** Its topics that have something to tell, or whose schedule has come to a run. */
  topicIds: number[];
  /** Those of them for which stored catches wait. */
  waitingIds: number[];
}

/** What is due at one moment. */
export interface DueRounds extends Moment {
  rounds: DueRound[];
}

/**
 * The destinations that may be told something now, in the order of their topics. Not those that Discord refuses: for them
 * everything waits until they are enabled again, and then comes in one message. Not readers in their quiet hours.
 * @param fresh by topic what was caught and is not stored yet.
 */
export async function dueRounds(
  db: Db,
  topics: FollowedTopics,
  fresh: ReadonlyMap<number, unknown>,
  now: Date,
  timezone: string,
): Promise<DueRounds> {
  const run = new Set(await topicsRun(db, now));
  const waiting = await allWaiting(db);
  const rounds = new Rounds();
  for (const ids of chunks(inOrder(run, waiting, fresh.keys()), STEP)) {
    for (const id of ids) {
      const topic = topics.get(id);
      if (topic) rounds.add(topic, isDue(topic, { run, now }) || run.has(id), waiting.has(id));
    }
    await breathe();
  }
  for (const { destination } of await disabledDestinations(db)) rounds.silence(destination);
  for (const chunk of chunks(rounds.readers())) {
    for (const reader of (await findReaders(db, chunk)).values()) {
      if (quietUntil(reader, now, timezone)) rounds.silence({ kind: 'user', id: reader.id });
    }
    await breathe();
  }
  return { now, run, rounds: rounds.due() };
}

/** The topics for which stored catches wait, read in small steps. */
async function allWaiting(db: Db): Promise<Set<number>> {
  const all = new Set<number>();
  for (let after = 0; ;) {
    const some = await topicsWaiting(db, after, STEP);
    if (some.length === 0) return all;
    for (const id of some) all.add(id);
    after = some.at(-1) ?? after;
    await breathe();
  }
}

/** All of these ids once, ascending. */
function inOrder(...lists: Iterable<number>[]): number[] {
  const all = new Set<number>();
  for (const ids of lists) for (const id of ids) all.add(id);
  return [...all].sort((a, b) => a - b);
}

/** Topics by destination. */
class Rounds {
  private readonly all = new Map<string, DueRound & { isDue: boolean }>();

  add({ id, destination }: FollowedTopic, isDueNow: boolean, isWaiting: boolean): void {
    const key = keyOf(destination);
    let round = this.all.get(key);
    if (!round) this.all.set(key, (round = { destination, topicIds: [], waitingIds: [], isDue: false }));
    round.topicIds.push(id);
    if (isWaiting) round.waitingIds.push(id);
    round.isDue ||= isDueNow;
  }

  silence(destination: Destination): void {
    this.all.delete(keyOf(destination));
  }

  due(): DueRound[] {
    return [...this.all.values()].filter((round) => round.isDue);
  }

  readers(): string[] {
    return this.due().flatMap(({ destination: { kind, id } }) => (kind === 'user' ? [id] : []));
  }
}

function keyOf({ kind, id }: Destination): string {
  return `${kind} ${id}`;
}
