import { dayOf, latestDayNotAfter } from '../core/dates.ts';
import { COUNT, parseCount } from './count.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAME =
  /^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s*(?=\d)/i;
const DAY = new RegExp(String.raw`^(\d{1,2})(?:\s+(${COUNT}))?$`);
const DAY_AND_YEAR = new RegExp(String.raw`^(\d{1,2})\s*,\s*(\d{4})(?:\s*(${COUNT}))?$`);
const GLUED = /^\d{2,}(?:,\d{3})*(?:\.\d+)?[km]?$/i;

/** A date as a page shows it, with the number of comments after it. */
export interface PageDate {
  /** From 1 to 12. */
  month: number;
  day: number;
  /** `null`: the page's year. */
  year: number | null;
  /** `null`: none is shown. `'unclear'`: day and comments are glued in a way that more than one reading fits. */
  comments: number | 'unclear' | null;
  /** Day and comments are certainly glued (`Sep 99`), so other dates of the page may be. */
  glued: boolean;
}

/**
 * The date in a line such as `Mar 12`, `Sep 30 27`, `Oct 26, 2024 2`, `May 296`; `'no such day'` when it has the form of a
 * date (`Feb 30`), `null` when it has not.
 */
export function parsePageDate(text: string): PageDate | 'no such day' | null {
  if (text.length > 40) return null;
  const name = MONTH_NAME.exec(text);
  if (!name) return null;
  const month = MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
  const rest = text.slice(name[0].length).trim();
  return withYear(month, rest) ?? withoutYear(month, rest) ?? (GLUED.test(rest) ? glued(month, rest) : null);
}

/** The day a page's date means: without a year the latest such day that is not after `limit` (`YYYY-MM-DD`). */
export function resolvePageDate({ year, month, day }: PageDate, limit: string): string | null {
  return year === null ? latestDayNotAfter(month, day, limit) : dayOf(year, month, day);
}

/**
 * The number of comments where the layout shows them: none shown is zero, unless the page glues them to the day and this
 * day could be read as a shorter day with comments (`Jan 12`). `null` is unknown.
 */
export function commentsOf({ comments, year, day }: PageDate, pageGlues: boolean): number | null {
  if (comments === 'unclear') return null;
  if (comments !== null) return comments;
  return pageGlues && year === null && day > 9 && day % 10 !== 0 ? null : 0;
}

function withYear(month: number, rest: string): PageDate | 'no such day' | null {
  const parts = DAY_AND_YEAR.exec(rest);
  if (!parts) return null;
  const [day, year, count] = [Number(parts[1]), Number(parts[2]), parts[3]];
  if (dayOf(year, month, day) === null) return 'no such day';
  const glued = count !== undefined && /\d{5}/.test(rest);
  return { month, day, year, comments: count === undefined ? null : parseCount(count), glued };
}

function withoutYear(month: number, rest: string): PageDate | 'no such day' | null {
  const parts = DAY.exec(rest);
  const day = Number(parts?.[1]);
  if (!parts) return null;
  if (!dayExists(month, day)) return GLUED.test(rest) ? null : 'no such day';
  return { month, day, year: null, comments: parts[2] === undefined ? null : parseCount(parts[2]), glued: false };
}

/** Day and comments without a blank between them. Comments are not shown when there are none, so they never begin with 0. */
function glued(month: number, digits: string): PageDate | 'no such day' {
  const readings = [2, 1].flatMap((length) => {
    const [day, comments] = [Number(digits.slice(0, length)), parseCount(digits.slice(length))];
    return digits[length] !== '0' && comments !== null && dayExists(month, day) ? [{ day, comments }] : [];
  });
  const [longest] = readings;
  if (!longest) return 'no such day';
  const comments = readings.length > 1 ? 'unclear' : longest.comments;
  return { month, day: longest.day, year: null, comments, glued: true };
}

function dayExists(month: number, day: number): boolean {
  return dayOf(2024, month, day) !== null;
}
