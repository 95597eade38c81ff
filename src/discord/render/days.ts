/** Put together here, because the order and the commas of whole dates vary between versions of Node. */
const name = (part: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en', { ...part, timeZone: 'UTC' });
  return (day: string) => format.format(Date.parse(day));
};
const shortMonth = name({ month: 'short' });
const month = name({ month: 'long' });
const weekday = name({ weekday: 'long' });

const MILLISECONDS_A_DAY = 86_400_000;

/** `2025-03-12` as `12 Mar 2025`: the same day for every reader, unlike Discord's timestamps. */
export function shortDay(day: string): string {
  return `${dayOfMonth(day)} ${shortMonth(day)} ${day.slice(0, 4)}`;
}

/** `2025-03-12` as `Wednesday, 12 March 2025`. */
export function longDay(day: string): string {
  return `${weekday(day)}, ${dayOfYear(day)} ${day.slice(0, 4)}`;
}

/** `2025-03-12` as `12 March`. */
export function dayOfYear(day: string): string {
  return `${dayOfMonth(day)} ${month(day)}`;
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

function dayOfMonth(day: string): number {
  return Number(day.slice(8));
}
