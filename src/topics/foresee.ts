import { setImmediate as breathe } from 'node:timers/promises';
import { parseQuery } from '../search/query/parse.ts';
import type { QueryFault } from '../search/result.ts';
import type { Topic } from '../store/topics.ts';
import { type Caught, caughtBy } from './caught.ts';
import { type Hindsight, Lately, LOOK_BACK_DAYS } from './lately.ts';

export type { Caught } from './caught.ts';

/** More papers a week than anybody reads: ten a day. */
const BROAD_A_WEEK = 70;

/** What a query would have caught. */
export interface Foresight {
  /** How many days back. */
  days: number;
  /** Papers in these days. */
  total: number;
  /** Papers a week on average, to one decimal. */
  perWeek: number;
  /** The latest of them, as many as asked for. */
  caught: Caught[];
  /** Far more than anybody reads. */
  isBroad: boolean;
  /** Where the query could not be understood as written. */
  faults: QueryFault[];
  /** Topics that would have caught some of the same papers, those with most first. */
  overlaps: { topic: Topic; shared: number }[];
}

export interface ForeseeOptions {
  /** Papers to show. Default 5. */
  limit?: number;
  /** The latest of them to pass over. Default 0. */
  offset?: number;
  /** Topics that are there already, for overlaps. Default none. */
  topics?: readonly Topic[];
}

/** What a query would have caught in the last 30 days, if the archive had been followed with it. */
export async function foresee(
  query: string,
  world: Hindsight,
  { limit = 5, offset = 0, topics = [] }: ForeseeOptions = {},
): Promise<Foresight> {
  const lately = await Lately.of(world);
  const ids = await lately.matching(query);
  const mine = new Set(ids);
  const overlaps: Foresight['overlaps'] = [];
  for (const topic of topics) {
    const shared = (await lately.matching(topic.query)).filter((id) => mine.has(id)).length;
    if (shared > 0) overlaps.push({ topic, shared });
    await breathe();
  }
  const perWeek = Math.round((ids.length / LOOK_BACK_DAYS) * 70) / 10;
  return {
    days: LOOK_BACK_DAYS,
    total: ids.length,
    perWeek,
    caught: await caughtBy(query, ids.slice(offset, offset + limit), world),
    isBroad: perWeek > BROAD_A_WEEK,
    faults: parseQuery(query).faults,
    overlaps: overlaps.sort((a, b) => b.shared - a.shared),
  };
}
