import { setImmediate as breathe } from 'node:timers/promises';
import { chunks } from '../store/chunks.ts';
import type { Db } from '../store/database.ts';
import type { Destination } from '../store/deliveries.ts';
import { disabledDestinations } from '../store/disabled-destinations.ts';
import { destinationsRun, topicsWaiting } from '../store/due-topics.ts';
import { findReaders } from '../store/readers.ts';
import { quietUntil } from './quiet-hours.ts';
import { isDue } from './round.ts';

/** Topics looked at in one step. */
const STEP = 2000;

/** Names a destination in maps. */
export function keyOf({ kind, id }: Destination): string {
  return `${kind} ${id}`;
}

/**
 * The destinations that may be told something now. Not those that Discord refuses: for them everything waits until they are
 * enabled again, and then comes in one message. Not readers in their quiet hours.
 */
export async function dueDestinations(db: Db, now: Date, timezone: string): Promise<Destination[]> {
  const due = new Map<string, Destination>();
  for (const destination of await destinationsRun(db, now)) due.set(keyOf(destination), destination);
  for (let after = 0; ;) {
    const waiting = await topicsWaiting(db, after, STEP);
    if (waiting.length === 0) break;
    for (const topic of waiting) if (isDue(topic, now)) due.set(keyOf(topic.destination), topic.destination);
    after = waiting.at(-1)?.id ?? after;
    await breathe();
  }
  for (const { destination } of await disabledDestinations(db)) due.delete(keyOf(destination));
  const readers = [...due.values()].flatMap(({ kind, id }) => (kind === 'user' ? [id] : []));
  for (const chunk of chunks(readers)) {
    for (const reader of (await findReaders(db, chunk)).values()) {
      if (quietUntil(reader, now, timezone)) due.delete(keyOf({ kind: 'user', id: reader.id }));
    }
    await breathe();
  }
  return [...due.values()];
}
