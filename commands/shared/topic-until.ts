import { addDays, isDay } from '../../src/core/dates.ts';
import { UserError } from '../../src/core/errors.ts';
import { momentInZone } from '../../src/core/zone-words.ts';
import { firstMoment, localTime } from '../../src/core/zones.ts';

/** A day begins with breakfast: nobody wants to be told at midnight. */
const MORNING = 8 * 60;
/** Longer is a pause, in days. */
const LONGEST = 366;

const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SPAN = /^(?:for )?(an?|\d{1,3}) ?(h|d|w|m)(?:ours?|rs?|ays?|eeks?|o|onths?)?$/;
const DAYS_IN = { d: 1, w: 7, m: 30 } as const;
const COMMON = ['2 hours', 'tomorrow', '3 days', 'Monday', '1 week', '2 weeks', '1 month'];

/**
 * The moment that a reader means by `2 hours`, `tomorrow`, `3 days`, `a week`, `Monday`, `next week` or `2025-07-01`; of a day
 * its morning in `timezone`.
 * @throws UserError when the text is none of these, is over, or is more than a year ahead.
 */
export function parseUntil(text: string, now: Date, timezone: string): Date {
  const until = readUntil(text, now, timezone);
  if (!until) {
    throw new UserError(
      `"${text}" is no time that I understand. Try: 2 hours, tomorrow, 3 days, a week, Monday, or 2025-07-01.`,
    );
  }
  if (until <= now) throw new UserError(`${momentInZone(until, timezone)} is over already. Name a time to come.`);
  if (until.getTime() - now.getTime() > LONGEST * 86_400_000) {
    throw new UserError('That is more than a year ahead. Use /topics pause instead; it has no end until you resume.');
  }
  return until;
}

function readUntil(text: string, now: Date, timezone: string): Date | null {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^until /, '');
  const [, count, unit] = SPAN.exec(typed) ?? [];
  const amount = count?.startsWith('a') ? 1 : Number(count);
  if (unit === 'h') return new Date(now.getTime() + amount * 3_600_000);
  const today = localTime(now, timezone);
  const day = isUnit(unit) ? addDays(today.date, amount * DAYS_IN[unit]) : namedDay(typed, today);
  return day === null ? null : firstMoment(day, MORNING, timezone);
}

function isUnit(unit: string | undefined): unit is keyof typeof DAYS_IN {
  return unit !== undefined && unit in DAYS_IN;
}

function namedDay(text: string, { date, weekday }: { date: string; weekday: number }): string | null {
  if (isDay(text)) return text;
  if (text === 'tomorrow') return addDays(date, 1);
  const name = text === 'next week' ? 'monday' : text.replace(/^(?:on |next )/, '');
  const day = name.length >= 3 ? DAY_NAMES.findIndex((known) => known.startsWith(name)) : -1;
  return day < 0 ? null : addDays(date, ((day - weekday + 6) % 7) + 1);
}

/** What may be meant while typing, each with the moment it stands for. */
export function untilChoices(typed: string, now: Date, timezone: string): { name: string; value: string }[] {
  const text = typed.trim();
  const begun = COMMON.filter((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  const spans = /^\d{1,3}$/.test(text) ? ['hours', 'days', 'weeks'].map((unit) => `${text} ${unit}`) : [];
  return [...new Set([...(text ? [text] : []), ...spans, ...begun])].flatMap((name) => {
    const until = readUntil(name, now, timezone);
    return until && until > now ? [{ name: `${name} (${momentInZone(until, timezone)})`, value: name }] : [];
  });
}
