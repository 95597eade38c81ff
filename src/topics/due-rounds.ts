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
}

/** What is due at one moment. */
export interface DueRounds extends Moment {
  rounds: DueRound[];
}

/**
 * The destinations that may be told something now, in the order of their topics. Not those that Discord refuses: for them
 * everything waits until they are enabled again, and then comes in one message. Not readers in their quiet hours.
 */
export async function dueRounds(db: Db, topics: FollowedTopics, now: Date, timezone: string): Promise<DueRounds> {
  const run = new Set(await topicsRun(db, now));
  const rounds = new Rounds();
  for (const id of run) rounds.add(topics.get(id), true);
  for (let after = 0; ;) {
    const waiting = await topicsWaiting(db, after, STEP);
    if (waiting.length === 0) break;
    for (const id of waiting) {
      const topic = run.has(id) ? undefined : topics.get(id);
      rounds.add(topic, topic !== undefined && isDue(topic, { run, now }));
    }
    after = waiting.at(-1) ?? after;
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

/** Topics by destination. */
class Rounds {
  private readonly all = new Map<string, DueRound & { isDue: boolean }>();

  add(topic: FollowedTopic | undefined, isDueNow: boolean): void {
    if (!topic) return;
    const { id, destination } = topic;
    const round = this.all.get(keyOf(destination));
    if (!round) {
      this.all.set(keyOf(destination), { destination, topicIds: [id], isDue: isDueNow });
      return;
    }
    round.topicIds.push(id);
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
