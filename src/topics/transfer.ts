import { isDeepStrictEqual } from 'node:util';
import { errorText, UserError } from '../core/errors.ts';
import type { Db } from '../store/database.ts';
import type { Destination } from '../store/deliveries.ts';
import {
  changeTopic,
  createTopic,
  nameKey,
  type NewTopic,
  type Topic,
  type TopicChange,
  topicsAt,
} from '../store/topics.ts';
import { write } from '../store/write.ts';
import { checkQuota, type Quotas } from './quotas.ts';
import { type Owner, readTopicLine } from './transfer-line.ts';

/** A line that is no topic. */
export interface LineFault {
  /** From 1. */
  line: number;
  /** What was wrong and what was expected. */
  reason: string;
}

/** What importing a file would do, or has done. */
export interface TransferPlan {
  added: NewTopic[];
  /** With what each change names, and how the topic is (or was) before. */
  changed: { topic: Topic; change: TopicChange }[];
  unchanged: Topic[];
  faults: LineFault[];
}

/**
 * What importing these lines would do: a topic whose owner has one of the same name changes that, in what its line names. The
 * same file a second time changes nothing. Empty lines are passed over.
 * @param owner whose they become; `null`: each line says.
 */
export async function planTransfer(db: Db, lines: Iterable<string>, owner: Owner | null): Promise<TransferPlan> {
  const plan: TransferPlan = { added: [], changed: [], unchanged: [], faults: [] };
  const present = new Map<string, Topic[]>();
  const seen = new Map<string, number>();
  let number = 0;
  for (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const wanted = read(text, number, owner, plan.faults);
    if (!wanted) continue;
    const place = placeOf(wanted.destination);
    const key = `${place} ${nameKey(wanted.name)}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      plan.faults.push({ line: number, reason: `name: “${wanted.name}” stands in line ${earlier} already` });
      continue;
    }
    seen.set(key, number);
    const there = present.get(place) ?? (await topicsAt(db, wanted.destination));
    present.set(place, there);
    sortIn(
      plan,
      wanted,
      there.find(({ name }) => nameKey(name) === nameKey(wanted.name)),
    );
  }
  return plan;
}

/**
 * Imports what was planned, in one transaction.
 * @throws UserError when there would be too many topics (`quotas` is `null`: any number), or a topic was changed meanwhile.
 */
export async function transfer(db: Db, plan: TransferPlan, quotas: Quotas | null, now: Date): Promise<void> {
  await write(db, async (trx) => {
    for (const topic of plan.added) {
      const { readerId, guildId = null } = topic;
      if (quotas) await checkQuota(trx, { readerId, guildId }, quotas);
      await createTopic(trx, topic, now);
    }
    for (const { topic, change } of plan.changed) {
      const changed = await changeTopic(trx, topic.id, change, now);
      if (!changed) throw new UserError(`The topic “${topic.name}” was removed meanwhile. Import the file again.`);
    }
  });
}

function read(text: string, line: number, owner: Owner | null, faults: LineFault[]): NewTopic | null {
  try {
    return readTopicLine(text, owner);
  } catch (error) {
    faults.push({ line, reason: errorText(error) });
    return null;
  }
}

function sortIn(plan: TransferPlan, wanted: NewTopic, topic: Topic | undefined): void {
  if (!topic) return void plan.added.push(wanted);
  const change = changeBetween(topic, wanted);
  if (Object.keys(change).length === 0) plan.unchanged.push(topic);
  else plan.changed.push({ topic, change });
}

/** What a line names that is not so. Who set a topic up does not change. */
function changeBetween(topic: Topic, wanted: NewTopic): TopicChange {
  const named = Object.entries(wanted) as [keyof NewTopic, unknown][];
  return Object.fromEntries(
    named.filter(([key, value]) => key !== 'readerId' && !isDeepStrictEqual(value, topic[key])),
  );
}

function placeOf({ kind, id }: Destination): string {
  return `${kind} ${id}`;
}
