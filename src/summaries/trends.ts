import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { addDays } from '../core/dates.ts';
import type { Search } from '../search/result.ts';
import type { Db } from '../store/database.ts';
import { archiveWeeks, countByWeek } from './trend-weeks.ts';

/** Over how many weeks trends are shown. */
export const SPANS = [8, 13, 26, 52] as const;
export const USUAL_SPAN = 26;
/** Weeks with fewer papers tell no share: one more or less would make a peak. */
export const FEWEST_PAPERS = 10;

/** What trends are counted with. */
export interface TrendServices {
  db: Db;
  search: Search;
  clock: Clock;
}

/** How many papers of each week match a query. */
export interface Trend {
  /** As it is shown. */
  name: string;
  query: string;
  counts: number[];
}

/** Trends over the same weeks. */
export interface Trends {
  /** The first days of the weeks, oldest first; the last week is the present one. */
  mondays: string[];
  /** How many papers each week has. */
  totals: number[];
  trends: Trend[];
}

/** Counts the papers that match each query, over so many weeks up to now. In UTC. */
export async function countTrends(
  terms: readonly { name: string; query: string }[],
  span: number,
  services: TrendServices,
): Promise<Trends> {
  const weeks = await archiveWeeks(services, today(services), span);
  const trends: Trend[] = [];
  for (const { name, query } of terms) {
    trends.push({ name, query, counts: countByWeek(await services.search.matching(query), weeks) });
    await breathe();
  }
  return { mondays: weeks.mondays, totals: weeks.totals, trends };
}

/** The day it is now, in UTC. */
export function today({ clock }: Pick<TrendServices, 'clock'>): string {
  return clock().toISOString().slice(0, 10);
}

/** A trend's shares of all papers of the weeks, from 0 to 1; `null` where a week has too few papers to tell. */
export function sharesOf({ counts }: Trend, totals: readonly number[]): (number | null)[] {
  return totals.map((total, week) => (total < FEWEST_PAPERS ? null : (counts[week] ?? 0) / total));
}

/** Whether the last of the weeks goes on after `day`. */
export function isUnfinished(mondays: readonly string[], day: string): boolean {
  const last = mondays.at(-1);
  return last !== undefined && day < addDays(last, 6);
}

/** How many weeks have enough papers to tell a share. */
export function tellingWeeks(totals: readonly number[]): number {
  return totals.filter((total) => total >= FEWEST_PAPERS).length;
}
