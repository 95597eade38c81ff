import { parseQuery } from '../search/query/parse.ts';
import type { QueryFault } from '../search/result.ts';
import { type Caught, caughtBy } from './caught.ts';
import { type Hindsight, Lately, LOOK_BACK_DAYS } from './lately.ts';

/** What another query in place of a topic's would have changed. */
export interface Difference {
  /** How many days back. */
  days: number;
  /** Papers in these days by each. */
  before: number;
  after: number;
  /** Papers that come in addition, and some of them with what the new query finds. */
  adds: { total: number; papers: Caught[] };
  /** Papers that do not come any more, and some of them with what the old query found. */
  drops: { total: number; papers: Caught[] };
  /** Where the new query could not be understood as written. */
  faults: QueryFault[];
}

/** What the query `after` in place of `before` would have changed in the last 30 days. Shows at most `limit` papers of each. */
export async function difference(before: string, after: string, world: Hindsight, limit = 3): Promise<Difference> {
  const lately = await Lately.of(world);
  const [old, now] = [await lately.matching(before), await lately.matching(after)];
  const [had, has] = [new Set(old), new Set(now)];
  const added = now.filter((id) => !had.has(id));
  const dropped = old.filter((id) => !has.has(id));
  return {
    days: LOOK_BACK_DAYS,
    before: old.length,
    after: now.length,
    adds: { total: added.length, papers: await caughtBy(after, added.slice(0, limit), world) },
    drops: { total: dropped.length, papers: await caughtBy(before, dropped.slice(0, limit), world) },
    faults: parseQuery(after).faults,
  };
}
