import { addDays, dayOf } from '../../src/core/dates.ts';
import { UserError } from '../../src/core/errors.ts';

const UNITS = { day: 'd', week: 'w', month: 'm', year: 'y' } as const;
const SPAN = /^(?:(?:the )?(?:last|past) )?(\d{1,4}) ?(d|w|m|y)(?:ays?|eeks?|o|onths?|ears?)?(?: ago)?$/;

/**
 * The first day that a reader means by `2025`, `2025-03`, `2025-03-12`, `7d`, `2 weeks`, `last month`, `this year`,
 * `yesterday` and the like, as `YYYY-MM-DD`. `today` is the day it is for the reader.
 * @throws UserError when the text is none of these, or a day to come.
 */
export function parseSince(text: string, today: string): string {
  const day = readSince(text, today);
  if (!day) {
    throw new UserError(
      `"${text}" is no date that I understand. Try 2025, 2025-03, 2025-03-12, 7d, 2 weeks or last month.`,
    );
  }
  if (day > today) throw new UserError(`${day} is still to come; no paper is that new. Today is ${today}.`);
  return day;
}

function readSince(text: string, today: string): string | null {
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ');
  return calendarDay(typed) ?? namedDay(typed, today) ?? spanDay(typed, today);
}

function calendarDay(text: string): string | null {
  const parts = /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$/.exec(text);
  return parts && dayOf(Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1));
}

function namedDay(text: string, today: string): string | null {
  if (text === 'today') return today;
  if (text === 'yesterday') return addDays(today, -1);
  const [which, unit] = text.split(' ');
  if (which === 'this') return startOf(unit, today);
  const known = Object.entries(UNITS).find(([name]) => name === unit);
  return known && (which === 'last' || which === 'past') ? spanDay(`1${known[1]}`, today) : null;
}

function startOf(unit: string | undefined, today: string): string | null {
  if (unit === 'week') return addDays(today, -((new Date(today).getUTCDay() + 6) % 7));
  if (unit === 'month') return `${today.slice(0, 7)}-01`;
  return unit === 'year' ? `${today.slice(0, 4)}-01-01` : null;
}

function spanDay(text: string, today: string): string | null {
  const span = SPAN.exec(text);
  if (!span) return null;
  const amount = Number(span[1]);
  if (span[2] === 'd') return addDays(today, -amount);
  if (span[2] === 'w') return addDays(today, -amount * 7);
  return monthsBefore(today, span[2] === 'y' ? amount * 12 : amount);
}

/** The same day of an earlier month, or that month's last day. */
function monthsBefore(day: string, months: number): string | null {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const count = year * 12 + month - 1 - months;
  const target = [Math.floor(count / 12), (count % 12) + 1] as const;
  for (let last = date; last >= date - 3; last -= 1) {
    const found = dayOf(...target, last);
    if (found) return found;
  }
  return null;
}

/** What may be meant while typing: the day typed so far, or common ones before anything is typed. */
export function sinceChoices(typed: string, today: string): { name: string; value: string }[] {
  const meant = typed.trim() ? [typed.trim()] : ['7 days', '30 days', '3 months', '1 year', 'this year'];
  return meant.flatMap((name) => {
    const day = readSince(name, today);
    return day && day <= today ? [{ name: name === day ? day : `${name} (since ${day})`, value: day }] : [];
  });
}
