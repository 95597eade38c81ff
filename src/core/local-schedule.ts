import { addDays } from './dates.ts';
import { firstMoment, localTime } from './zones.ts';

/** When something happens again and again, by the clock on the wall of a place. */
export interface LocalSchedule {
  /** Minutes since local midnight, 0 to 1439. */
  minute: number;
  /** Local days of the week, 0 is Sunday; at least one. */
  days: readonly number[];
  /** IANA name. */
  timezone: string;
}

export interface Run {
  at: Date;
  /** The day it is due by the calendar of the place, `YYYY-MM-DD`. */
  localDate: string;
}

/**
 * The first due moment after `after`. Each local day that is due has exactly one: a time that the clock leaps over is moved to
 * the end of the leap, and one that comes twice means the first.
 *
 * @throws RangeError when `timezone` is not a zone or `days` names no day of the week.
 */
export function nextRun(schedule: LocalSchedule, after: Date): Run {
  const { minute, days, timezone } = schedule;
  const start = addDays(localTime(after, timezone).date, -1);
  // Three weeks, since a day of the week that a place leaps over comes again a week later.
  for (let distance = 0; distance < 21; distance += 1) {
    const localDate = addDays(start, distance);
    if (!days.includes(new Date(localDate).getUTCDay())) continue;
    const at = firstMoment(localDate, minute, timezone);
    if (at && at > after) return { at, localDate };
  }
  throw new RangeError(`The days ${JSON.stringify(days)} name no day of the week.`);
}
