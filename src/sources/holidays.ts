import { addDays } from '../core/dates.ts';

const MONDAY = 1;
const THURSDAY = 4;

/**
 * The holiday for which arXiv's announcement in the evening of an Eastern US day is put off; `null` on other days. arXiv names
 * them each year (https://info.arxiv.org/help/availability.html#holiday); the public ones come again by rule, and of the days
 * between Christmas and New Year some rest, other ones each year.
 */
export function arxivHoliday(day: string): string | null {
  const year = day.slice(0, 4);
  const monthDay = day.slice(5);
  if (monthDay >= '12-24') return 'the days around Christmas';
  if (day === observed(`${year}-01-01`)) return 'New Year’s Day';
  if (day === weekdayOf(`${year}-01-01`, MONDAY, 3)) return 'Martin Luther King Jr. Day';
  if (day === observed(`${year}-06-19`)) return 'Juneteenth';
  if (day === observed(`${year}-07-04`)) return 'Independence Day';
  if (day === weekdayOf(`${year}-09-01`, MONDAY, 1)) return 'Labor Day';
  if (day === weekdayOf(`${year}-11-01`, THURSDAY, 4)) return 'Thanksgiving';
  return null;
}

function weekday(day: string): number {
  return new Date(day).getUTCDay();
}

/** The `count`th day of the week on or after the first of a month. */
function weekdayOf(first: string, day: number, count: number): string {
  return addDays(first, ((day - weekday(first) + 7) % 7) + (count - 1) * 7);
}

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (5 U.S.C. 6103). */
function observed(day: string): string {
  if (weekday(day) === 6) return addDays(day, -1);
  return weekday(day) === 0 ? addDays(day, 1) : day;
}
