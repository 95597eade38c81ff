import { localTime, zoneChangeWithin } from './zones.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `Mon 23 Nov 09:00 Europe/Berlin`. */
export function momentInZone(moment: Date, timezone: string): string {
  const { date, minute } = localTime(moment, timezone);
  return `${dayInWords(date)} ${timeOfDay(minute)} ${timezone}`;
}

/** `Mon 23 Nov 09:00 Europe/Berlin (in 14 h)`. */
export function comingMoment(moment: Date, now: Date, timezone: string): string {
  return `${momentInZone(moment, timezone)} (${until(moment, now)})`;
}

/** `the clocks change on Sun 25 Oct`, when they do within so many days; else `null`. */
export function clockChange(timezone: string, from: Date, days: number): string | null {
  const change = zoneChangeWithin(timezone, from, days);
  return change && `the clocks change on ${dayInWords(localTime(change.at, timezone).date)}`;
}

/** Minutes since midnight as `09:00`. */
export function timeOfDay(minute: number): string {
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A day `YYYY-MM-DD` as `Mon 23 Nov`. */
function dayInWords(date: string): string {
  return DAY.format(new Date(date)).replace(',', '');
}

/** `in 5 min`, `in 14 h`, `in 3 days`; `now` for less than a minute. */
function until(moment: Date, now: Date): string {
  const minutes = Math.round((moment.getTime() - now.getTime()) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `in ${hours} h` : `in ${Math.round(hours / 24)} days`;
}
