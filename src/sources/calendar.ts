import { addDays, dayInZone } from '../core/dates.ts';
import type { Calendar } from './source.ts';

/** Whether nothing is published on the day that `moment` is in, in UTC. */
export function isRestDay({ restDays }: Pick<Calendar, 'restDays'>, moment: Date): boolean {
  return restDays.includes(moment.getUTCDay());
}

/** From when the silence of a source that was fresh at `freshAt` is too long. */
export function staleAt(calendar: Calendar, freshAt: Date): Date {
  let day = dayInZone(freshAt, 'UTC');
  // A source that rests all week is measured by days alone.
  const restDays = new Set(calendar.restDays).size < 7 ? calendar.restDays : [];
  for (let missed = 0; missed < calendar.staleAfterDays;) {
    day = addDays(day, 1);
    if (!isRestDay({ restDays }, new Date(day))) missed += 1;
  }
  return new Date(addDays(day, 1));
}

/** The first day of the rest that `moment` is in, at its beginning in UTC; `null` on other days. */
export function restBegan(restDays: readonly number[], moment: Date): Date | null {
  if (!isRestDay({ restDays }, moment)) return null;
  let day = dayInZone(moment, 'UTC');
  for (let days = 1; days < 7 && isRestDay({ restDays }, new Date(addDays(day, -1))); days += 1) day = addDays(day, -1);
  return new Date(day);
}
