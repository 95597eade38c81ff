import type { Filter } from './node.ts';

/** The greatest count asked for; more is no number of votes. */
const MOST = Number.MAX_SAFE_INTEGER;

/** What each filter expects after its colon, in words for the reader. */
const EXPECTED: Record<string, string> = {
  since: 'a day like 2025-01-31, a month like 2025-01 or a year',
  until: 'a day like 2025-01-31, a month like 2025-01 or a year',
  comments: 'a number, as in comments:>5',
  votes: 'a number, as in votes:>20',
  has: 'the word code, as in has:code',
};

/** The filter, or what was expected instead of `value`. */
export function parseFilter(field: string, value: string): Filter | string {
  return filterOf(field, value) ?? EXPECTED[field] ?? 'a value';
}

function filterOf(field: string, value: string): Filter | null {
  if (field === 'since' || field === 'until') return dateFilter(field, value);
  if (field === 'comments' || field === 'votes') return countFilter(field, value);
  return value.toLowerCase() === 'code' ? { kind: 'code' } : null;
}

function dateFilter(field: 'since' | 'until', value: string): Filter | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value) ?? [];
  if (!year || (month && !isReal(`${year}-${month}-${day ?? '01'}`))) return null;
  // Days compare as text, and no month has a day beyond 31.
  if (field === 'since') return { kind: 'date', from: `${year}-${month ?? '01'}-${day ?? '01'}`, to: null };
  return { kind: 'date', from: null, to: `${year}-${month ?? '12'}-${day ?? '31'}` };
}

function isReal(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function countFilter(of: 'comments' | 'votes', value: string): Filter | null {
  const [, operator, digits] = /^(>=|<=|>|<|=)?(\d{1,15})$/.exec(value) ?? [];
  if (!digits) return null;
  const count = Number(digits);
  switch (operator) {
    case '>':
      return { kind: 'count', of, least: count + 1, most: MOST };
    case '>=':
      return { kind: 'count', of, least: count, most: MOST };
    case '<':
      return { kind: 'count', of, least: 0, most: count - 1 };
    case '<=':
      return { kind: 'count', of, least: 0, most: count };
    default:
      return { kind: 'count', of, least: count, most: count };
  }
}
