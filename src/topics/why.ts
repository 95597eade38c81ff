import type { Clock } from '../core/clock.ts';
import type { Paper } from '../core/paper.ts';
import { AnalysedPaper } from '../search/analysed-paper.ts';
import { matches } from '../search/matches.ts';
import type { Node } from '../search/query/node.ts';
import { parseQuery } from '../search/query/parse.ts';
import { labelOf, why } from '../search/why.ts';
import { type Catch, findCatch } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import { deliveriesAfter } from '../store/deliveries.ts';
import { findDisabled } from '../store/disabled-destinations.ts';
import { addedSequence, matchedSequence } from '../store/matched.ts';
import { findReader } from '../store/readers.ts';
import type { DeliveryState } from '../store/schema.ts';
import { findTold } from '../store/told-papers.ts';
import type { Topic } from '../store/topics.ts';
import { NEWS_DAYS, newsDay } from './age.ts';
import { quietUntil } from './quiet-hours.ts';

/** What waiting is for; `until` is `null` where nobody knows. */
export interface Wait {
  for: 'its hour' | 'the end of the snooze' | 'the end of the quiet hours' | 'the destination' | 'the next round';
  until: Date | null;
}

/**
 * Why a topic told of a paper, or did not. `found` are the parts of its query that the paper holds, as a reader would type
 * them.
 */
export type Reason =
  /** No such paper. */
  | { is: 'not in the archive' }
  /** By a message; `state` is `null` when it is not known any more, `forOthers` when it came for other topics alone. */
  | { is: 'told'; at: Date; state: DeliveryState | null; forOthers: boolean; found: string[] }
  | { is: 'waits'; wait: Wait; found: string[] }
  /** The topic sends no messages. */
  | { is: 'in the inbox'; since: Date; found: string[] }
  /** It came while the topic was paused. */
  | { is: 'paused'; at: Date; found: string[] }
  /** It came, but no list had shown it for `days` days or longer. */
  | { is: 'too old'; newsOn: string | null; days: number; found: string[] }
  /** It matches, but was in the archive before the topic was. */
  | { is: 'before the topic'; topicSince: Date; found: string[] }
  /** It is so new that it is not matched yet. */
  | { is: 'not looked at yet'; found: string[] }
  /** It matches now, but did not when it came: the query or the paper changed since. */
  | { is: 'would match'; found: string[] }
  /** It holds all that is asked for, and what is to be left out; `by` says what. */
  | { is: 'excluded'; by: string[]; found: string[] }
  | { is: 'no match'; missing: string[]; found: string[] };

/** What explaining needs. */
export interface WhyWorld {
  db: Db;
  clock: Clock;
  /** The zone of readers who never told theirs. */
  timezone: string;
}

/** Why `topic` told of `paper`, or did not; `paper` is `null` when the archive does not have it. */
export async function whyOf(topic: Topic, paper: Paper | null, world: WhyWorld): Promise<Reason> {
  if (!paper) return { is: 'not in the archive' };
  const { db } = world;
  const analysed = new AnalysedPaper(paper);
  const { node } = parseQuery(topic.query);
  const found = node ? why(node, analysed).found : [];
  const caught = await findCatch(db, topic.id, paper.id);
  const isMatch = node !== null && matches(node, analysed);
  const told = await findTold(db, topic.destination, paper.id);
  // What other topics of the place told says nothing of a topic that has no business with the paper.
  if (told && (isMatch || caught?.outcome === 'told')) {
    const forOthers = caught?.outcome !== 'told';
    return { is: 'told', at: told.toldAt, state: await stateOf(db, told.deliveryId), forOthers, found };
  }
  const settled = caught && caught.outcome !== 'changed' ? reasonOf(caught, paper, found) : null;
  if (settled) return settled;
  if (caught && caught.outcome === null) return { is: 'waits', wait: await waitOf(topic, world), found };
  if (!isMatch) return mismatch(node, analysed, found);
  const sequence = (await addedSequence(db, paper.id)) ?? 0;
  if (sequence <= topic.afterSequence) return { is: 'before the topic', topicSince: topic.createdAt, found };
  if (sequence > (await matchedSequence(db))) return { is: 'not looked at yet', found };
  return { is: 'would match', found };
}

async function stateOf(db: Db, deliveryId: number | null): Promise<DeliveryState | null> {
  if (deliveryId === null) return null;
  const [delivery] = await deliveriesAfter(db, deliveryId - 1, 1);
  return delivery?.id === deliveryId ? delivery.state : null;
}

/** The reason that lies in what became of a catch without a message. */
function reasonOf({ outcome, caughtAt, settledAt }: Catch, paper: Paper, found: string[]): Reason | null {
  if (outcome === 'inbox') return { is: 'in the inbox', since: caughtAt, found };
  if (outcome === 'paused') return { is: 'paused', at: settledAt ?? caughtAt, found };
  return outcome === 'old' ? { is: 'too old', newsOn: newsDay(paper), days: NEWS_DAYS, found } : null;
}

/** What keeps a topic from telling what it caught; the last to end counts. */
async function waitOf({ destination, snoozedUntil, nextRunAt }: Topic, world: WhyWorld): Promise<Wait> {
  const now = world.clock();
  if (await findDisabled(world.db, destination)) return { for: 'the destination', until: null };
  const quiet =
    destination.kind === 'user' ? quietUntil(await findReader(world.db, destination.id), now, world.timezone) : null;
  const waits: Wait[] = [
    { for: 'the end of the snooze', until: snoozedUntil },
    { for: 'its hour', until: nextRunAt },
    { for: 'the end of the quiet hours', until: quiet },
  ];
  const open = waits.filter(({ until }) => until !== null && until > now);
  open.sort((a, b) => (b.until?.getTime() ?? 0) - (a.until?.getTime() ?? 0));
  return open[0] ?? { for: 'the next round', until: null };
}

/** Which parts a paper lacks; only those to be left out, where it holds all others. */
function mismatch(node: Node | null, paper: AnalysedPaper, found: string[]): Reason {
  const parts = node?.kind === 'and' ? node.nodes : node ? [node] : [];
  const failing = parts.filter((part) => !matches(part, paper));
  const lacking = failing.filter(({ kind }) => kind !== 'not');
  if (failing.length > 0 && lacking.length === 0) {
    const by = failing.flatMap((part) => (part.kind === 'not' ? [labelOf(part.node)] : []));
    return { is: 'excluded', by: [...new Set(by)], found };
  }
  return { is: 'no match', missing: [...new Set(lacking.map(labelOf))], found };
}
