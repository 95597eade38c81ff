/** Calendar days as `YYYY-MM-DD` strings, in the Gregorian calendar. They compare and sort as text. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS_A_DAY = 86_400_000;

/** The day of a year, month (1 to 12) and day of the month, or `null` when the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 0 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}

/** Whether a text is a day of the calendar: `2024-02-29` is, `2023-02-29` and `2024-2-9` are not. */
export function isDay(text: string): boolean {
  const parts = DAY.exec(text);
  return parts !== null && dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) === text;
}

/**
 * The latest day with this month (1 to 12) and day of the month that is not after `limit`; `null` when no year has such a
 * day. 29 February may be up to eight years back (1896 to 1904).
 *
 * @throws RangeError when `limit` is not a day.
 */
export function latestDayNotAfter(month: number, day: number, limit: string): string | null {
  checkDay(limit);
  const limitYear = Number(limit.slice(0, 4));
  for (let year = limitYear; year >= limitYear - 8; year -= 1) {
    const candidate = dayOf(year, month, day);
    if (candidate !== null && candidate <= limit) return candidate;
  }
  return null;
}

/**
 * The day `count` days later, or earlier when negative.
 *
 * @throws RangeError when `day` is not a day.
 */
export function addDays(day: string, count: number): string {
  checkDay(day);
  return new Date(Date.parse(day) + count * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/**
 * The day it is in a time zone at a moment.
 *
 * @throws RangeError when `timeZone` is not a zone of the IANA database (`Europe/Berlin`, `UTC`).
 */
export function dayInZone(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

function checkDay(text: string): void {
  if (!isDay(text)) throw new RangeError(`"${text}" is not a day of the form YYYY-MM-DD.`);
}
