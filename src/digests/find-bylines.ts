import type { Organization } from '../core/paper.ts';
import { type BylinePart, isOrganizationLike, parseBylinePart, parseOrganization } from './byline.ts';
import { parseCount } from './count.ts';
import type { Line } from './lines.ts';
import type { PageDate } from './page-date.ts';

/** A byline, whole or in part, and where it stands. */
export interface Byline {
  /** Index of its first line, and the index after its last. */
  start: number;
  end: number;
  authorCount: number | null;
  organization: Organization | null;
  date: PageDate | 'no such day' | null;
  /** Its parts have the order and the lines of a byline, so that the page is surely one with bylines. */
  sure: boolean;
}

/** The bylines of a page, in order. What is not certainly one stays a line of text. */
export function findBylines(lines: readonly Line[]): Byline[] {
  const bylines: Byline[] = [];
  const parts = lines.map(({ text }) => parseBylinePart(text));
  for (let index = 0; index < lines.length;) {
    const { part, end } = mergeParts(parts, index);
    const byline = part && toByline(lines, { part, start: index, end, after: bylines.at(-1)?.end ?? 0 });
    if (byline) bylines.push(byline);
    index = byline ? byline.end : index + 1;
  }
  return bylines;
}

/** Takes the parts that follow each other in the order who, dot, date. */
function mergeParts(parts: readonly (BylinePart | null)[], start: number): { part: BylinePart | null; end: number } {
  let part = parts[start] ?? null;
  let end = start + 1;
  for (let next = parts[end]; part && next && lastPlace(part) < firstPlace(next); next = parts[end]) {
    part = { who: part.who, dot: part.dot || next.dot, date: next.date };
    end += 1;
  }
  return { part, end };
}

function firstPlace({ who, dot }: BylinePart): number {
  if (who !== null) return 0;
  return dot ? 1 : 2;
}

function lastPlace({ dot, date }: BylinePart): number {
  if (date !== null) return 2;
  return dot ? 1 : 0;
}

interface Found {
  part: BylinePart;
  start: number;
  end: number;
  /** Index after the byline before. */
  after: number;
}

function toByline(lines: readonly Line[], found: Found): Byline | null {
  const { part, start, end, after } = found;
  const { who, dot, date } = part;
  if (typeof who === 'string') {
    const organization = parseOrganization(who);
    return date === null ? null : { start, end, authorCount: null, organization, date, sure: end > start + 1 };
  }
  const dated = withCountBelow(lines, end, date);
  if (who !== null) return { start, ...dated, authorCount: who, organization: null, sure: dot && date !== null };
  const above = lines[start - 1];
  const organization = above && isOrganizationAbove(lines, found, after) ? parseOrganization(above.text) : null;
  const sure = organization !== null && dot && date !== null;
  return { start: organization ? start - 1 : start, ...dated, authorCount: null, organization, sure };
}

/** Some copies have the number of comments on a line of its own, right below the date. */
function withCountBelow(
  lines: readonly Line[],
  end: number,
  date: Byline['date'],
): { date: Byline['date']; end: number } {
  const below = lines[end];
  if (!below || below.block !== lines[end - 1]?.block) return { date, end };
  const comments = parseCount(below.text);
  if (comments === null || date === null || date === 'no such day' || date.comments !== null) return { date, end };
  return { date: { ...date, comments }, end: end + 1 };
}

/**
 * Whether the line above a dot or a date names an organisation. Either it begins the byline's block, or the page does not
 * tell by blank lines, and title and abstract are there without it.
 */
function isOrganizationAbove(lines: readonly Line[], { part, start }: Found, after: number): boolean {
  const above = start - 1;
  const block = lines[start]?.block;
  const line = lines[above];
  if (!line || above < after || !isOrganizationLike(line.text)) return false;
  if (line.block === block && above > 0 && lines[above - 1]?.block !== block) return true;
  const before = above - after;
  return part.dot && before >= 2 && before % 2 === 0;
}
