import { addDays } from '../core/dates.ts';
import type { Search } from '../search/result.ts';
import type { Db } from '../store/database.ts';
import { papersListedFrom } from '../store/list-days.ts';

const DAYS = 7;
const MILLISECONDS_A_WEEK = 604_800_000;

/** The papers of the archive by week. */
export interface ArchiveWeeks {
  /** The first days of the weeks (Mondays, as in ISO 8601), oldest first; the last week is the present one. */
  mondays: string[];
  /** How many papers each week has. */
  totals: number[];
  /** By paper id the place of its week among the others. Papers of other weeks are not in it. */
  weekOf: ReadonlyMap<number, number>;
}

/** The Monday of the week that a day is in. */
function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % DAYS));
}

/**
 * The papers of the `count` weeks up to the one that `today` is in. A paper belongs to the week in which a list first showed
 * it, or was published, where no list with a date does.
 */
export async function archiveWeeks(
  { db, search }: { db: Db; search: Search },
  today: string,
  count: number,
): Promise<ArchiveWeeks> {
  const last = mondayOf(today);
  const mondays = Array.from({ length: count }, (_, index) => addDays(last, (index + 1 - count) * DAYS));
  const weekOf = new Map<number, number>();
  for (const [week, monday] of mondays.entries()) {
    for (const id of await search.matching(`since:${monday} until:${addDays(monday, DAYS - 1)}`)) weekOf.set(id, week);
  }
  const [first = last] = mondays;
  const listed = new Set<number>();
  for await (const { day, paperIds } of papersListedFrom(db, first)) {
    const week = Math.floor((Date.parse(day) - Date.parse(first)) / MILLISECONDS_A_WEEK);
    for (const id of paperIds) {
      if (!listed.has(id) && week < count) weekOf.set(id, week);
      listed.add(id);
    }
  }
  return { mondays, totals: countByWeek(weekOf.keys(), { mondays, weekOf }), weekOf };
}

/** How many of these papers each week has. */
export function countByWeek(
  ids: Iterable<number>,
  { mondays, weekOf }: Pick<ArchiveWeeks, 'mondays' | 'weekOf'>,
): number[] {
  const counts = mondays.map(() => 0);
  for (const id of ids) {
    const week = weekOf.get(id);
    if (week !== undefined) counts[week] = (counts[week] ?? 0) + 1;
  }
  return counts;
}
