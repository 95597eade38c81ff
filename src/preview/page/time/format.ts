/** Writes times in the reader's language and zone. */
export interface TimeFormat {
  /** A time as the timestamp style letter of Discord's message formatting asks; `R` is relative to `now`. */
  styled(seconds: number, style: string, now: Date): string;
  /** When a message was sent, as its header shows it: `Today at 14:05`. */
  header(date: Date, now: Date): string;
  /** A time of day, `14:05`. */
  clock(date: Date): string;
  /** A day in full, `7 May 2026`, for dividers. */
  day(date: Date): string;
  /** `YYYY-MM-DD` in the reader's zone: equal for two times of the same day. */
  dayKey(date: Date): string;
}

/** https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { year: 'numeric', month: '2-digit', day: '2-digit' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** The last second that `Date` can hold. */
const LATEST = 8_640_000_000_000;

/** `zone` is an IANA name; without it, and without `locale`, the browser's own hold. */
export function createTimeFormat(locale?: string, zone?: string): TimeFormat {
  const inZone = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, zone === undefined ? options : { ...options, timeZone: zone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const styles = new Map(Object.entries(STYLES).map(([style, options]) => [style, inZone(options)]));
  const keys = new Intl.DateTimeFormat('sv', { dateStyle: 'short', ...(zone === undefined ? {} : { timeZone: zone }) });
  const clock = inZone({ timeStyle: 'short' });

  const inStyle = (date: Date, style: string): string => (styles.get(style) ?? styles.get('f'))?.format(date) ?? '';
  const dayKey = (date: Date): string => keys.format(date);
  return {
    dayKey,
    clock: (date) => clock.format(date),
    day: (date) => inStyle(date, 'D'),
    styled(seconds, style, now) {
      if (Math.abs(seconds) > LATEST) return 'Invalid date';
      return style === 'R'
        ? relativeTo(relative, seconds - now.getTime() / 1000)
        : inStyle(new Date(seconds * 1000), style);
    },
    header(date, now) {
      if (dayKey(date) === dayKey(now)) return `Today at ${clock.format(date)}`;
      const yesterday = new Date(now.getTime() - 86_400_000);
      if (dayKey(date) === dayKey(yesterday)) return `Yesterday at ${clock.format(date)}`;
      return `${inStyle(date, 'd')} ${clock.format(date)}`;
    },
  };
}

function relativeTo(format: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return format.format(Math.round(seconds / length), unit);
}
