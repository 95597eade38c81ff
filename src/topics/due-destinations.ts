import { setImmediate as breathe } from 'node:timers/promises';
import { topicsWithWaiting } from '../store/catches.ts';
import { chunks } from '../store/chunks.ts';
import type { Db } from '../store/database.ts';
import type { Destination } from '../store/deliveries.ts';
import { disabledDestinations } from '../store/disabled-destinations.ts';
import { destinationsDue, destinationsRun } from '../store/due-topics.ts';
import { findReaders } from '../store/readers.ts';
import { quietUntil } from './quiet-hours.ts';

/** Topics looked at in one step. */
const STEP = 500;

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
    const waiting = await topicsWithWaiting(db, after, STEP);
    if (waiting.length === 0) break;
    for (const destination of await destinationsDue(db, waiting, now)) due.set(keyOf(destination), destination);
    after = waiting.at(-1) ?? after;
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
