const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

const MILLISECONDS_A_DAY = 86_400_000;

/** `2025-03-12` as `12 Mar 2025`: the same day for every reader, unlike Discord's timestamps. */
export function shortDay(day: string): string {
  return short.format(Date.parse(day));
}

/** `2025-03-12` as `Wednesday 12 March 2025`. */
export function longDay(day: string): string {
  return long.format(Date.parse(day));
}

/** `2025-03-12` as `12 March`. */
export function dayOfYear(day: string): string {
  return dayAndMonth.format(Date.parse(day));
}

/** How long before `today` a day was: `today`, `yesterday`, `5 days ago`. */
export function daysAgo(day: string, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / MILLISECONDS_A_DAY);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-days, 'day');
}

/** Saturdays and Sundays, when the daily list is empty. */
export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}
