import { addDays, dayInZone } from '../core/dates.ts';
import { arxivHoliday } from './holidays.ts';
import type { Calendar } from './source.ts';

type Rests = Pick<Calendar, 'restDays' | 'holiday'>;

/** Why nothing is published on the day that `moment` is in, in UTC, for people; `null` on days like others. */
export function restOn({ restDays, holiday }: Rests, moment: Date): string | null {
  const weekday = moment.getUTCDay();
  if (restDays.includes(weekday)) return weekday === 0 || weekday === 6 ? 'the weekend' : 'its day of rest';
  return holiday?.(dayInZone(moment, 'UTC')) ?? null;
}

/**
 * When new papers come that arXiv announced the evening before: it announces from Sunday to Thursday at 20:00 Eastern US, which
 * is the next day in UTC, and not on its holidays.
 */
export const AFTER_ARXIV: Calendar = {
  restDays: [0, 6],
  holiday: (day) => arxivHoliday(addDays(day, -1)),
  staleAfterDays: 3,
};

/** From when the silence of a source that was fresh at `freshAt` is too long. */
export function staleAt(calendar: Calendar, freshAt: Date): Date {
  let day = dayInZone(freshAt, 'UTC');
  // A source that rests all week is measured by days alone.
  const rests: Rests = new Set(calendar.restDays).size < 7 ? calendar : { restDays: [] };
  for (let missed = 0; missed < calendar.staleAfterDays;) {
    day = addDays(day, 1);
    if (restOn(rests, new Date(day)) === null) missed += 1;
  }
  return new Date(addDays(day, 1));
}

/** The first day of the rest that `moment` is in, at its beginning in UTC; `null` on other days. */
export function restBegan(restDays: readonly number[], moment: Date): Date | null {
  if (restOn({ restDays }, moment) === null) return null;
  let day = dayInZone(moment, 'UTC');
  for (let days = 1; days < 7 && restOn({ restDays }, new Date(addDays(day, -1))); days += 1) day = addDays(day, -1);
  return new Date(day);
}
