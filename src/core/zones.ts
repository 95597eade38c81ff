import { Temporal } from 'temporal-polyfill';

/** Names of today for zones that Node's tables still list by older ones. */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Whether a text is a zone of the IANA database: `Europe/Berlin` and `UTC` are, `+02:00` and `Europe/Atlantis` are not. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** Every zone to choose from, under today's names, in the order of the alphabet; `UTC` is the last. */
export function timezones(): string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name);
  return [...names.filter((name) => name !== 'UTC').toSorted(), 'UTC'];
}

/** What the clock and the calendar on the wall of a place say. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** Since local midnight, by the clock: 0 to 1439. */
  minute: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** @throws RangeError when `timezone` is not a zone. */
export function localTime(moment: Date, timezone: string): LocalTime {
  const there = at(moment, timezone);
  return {
    date: there.toPlainDate().toString(),
    minute: there.hour * 60 + there.minute,
    weekday: there.dayOfWeek % 7,
  };
}

/**
 * The first moment at which a place's clock shows this time on this day. A time that the clock leaps over means the moment of
 * the leap. `null` when the calendar of the place leaps over the whole day, as Samoa did over 30 December 2011.
 *
 * @throws RangeError when `date` is not a day or `timezone` not a zone.
 */
export function firstMoment(date: string, minute: number, timezone: string): Date | null {
  const day = Temporal.PlainDate.from(date);
  if (!day.toZonedDateTime(timezone).toPlainDate().equals(day)) return null;
  const wanted = day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const found = wanted.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(wanted)) return new Date(found.epochMilliseconds);
  // In a gap, `earlier` is as far before the leap as the time asked for is behind it.
  const leap = found.getTimeZoneTransition('next');
  return new Date((leap ?? found).epochMilliseconds);
}

export interface ZoneChange {
  at: Date;
  /** How far the clock is set forward, negative when back. */
  minutes: number;
}

/** The next change of a place's clock after `from`, if it comes within so many days; else `null`. */
export function zoneChangeWithin(timezone: string, from: Date, days: number): ZoneChange | null {
  const before = at(from, timezone);
  const after = before.getTimeZoneTransition('next');
  if (!after || after.epochMilliseconds > from.getTime() + days * 86_400_000) return null;
  const offsetBefore = after.subtract({ nanoseconds: 1 }).offsetNanoseconds;
  return { at: new Date(after.epochMilliseconds), minutes: (after.offsetNanoseconds - offsetBefore) / 60e9 };
}

function at(moment: Date, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timezone);
}
