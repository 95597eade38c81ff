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

/**
 * The bylines of a page, in order, whole or in part. A text with a dot and a date on one line is one only where a title and
 * an abstract can stand above it; a date in the middle of a block is text.
 */
export function findBylines(lines: readonly Line[]): Byline[] {
  const bylines: Byline[] = [];
  const hasGaps = lines.slice(1).some(({ gap }) => gap > 0);
  const parts = lines.map(({ text }) => parseBylinePart(text));
  for (let index = 0; index < lines.length;) {
    const { part, end } = mergeParts(lines, parts, index);
    const after = bylines.at(-1)?.end ?? 0;
    const byline = part && toByline(lines, { part, start: index, end, after, hasGaps });
    if (byline) bylines.push(byline);
    index = byline ? byline.end : index + 1;
  }
  return withoutTexts(bylines);
}

/** Leaves out what only looks like a part of a byline: a title or an abstract, the two lines between sure bylines. */
function withoutTexts(bylines: readonly Byline[]): Byline[] {
  const sure = bylines.filter((byline) => byline.sure);
  const texts = new Set<number>();
  for (const [index, { start }] of sure.entries()) {
    const after = sure[index - 1]?.end ?? 0;
    if (start - after === 2) texts.add(after).add(after + 1);
  }
  return bylines.filter(({ start }) => !texts.has(start));
}

/** Takes the parts that follow each other in the order who, dot, date. After two without a blank line between them none comes. */
function mergeParts(lines: readonly Line[], parts: readonly (BylinePart | null)[], start: number) {
  let part = parts[start] ?? null;
  let end = start + 1;
  for (let next = parts[end]; part && next && lastPlace(part) < firstPlace(next); next = parts[end]) {
    const tight = isBelow(lines, end - 1) && (end - 1 > start || part.who === null);
    if (tight && !isBelow(lines, end)) break;
    part = { who: part.who, dot: part.dot || next.dot, date: next.date };
    end += 1;
  }
  return { part, end };
}

/** Whether no blank line separates a line from the one above. */
function isBelow(lines: readonly Line[], index: number): boolean {
  return lines[index]?.gap === 0;
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
  /** Blank lines separate texts on this page. */
  hasGaps: boolean;
}

function toByline(lines: readonly Line[], found: Found): Byline | null {
  const { part, end } = found;
  const { dot, date } = part;
  const above = part.who === null ? organizationAbove(lines, found) : null;
  const who = part.who ?? above;
  const start = above === null ? found.start : found.start - 1;
  const shown = [who !== null, dot, date !== null].filter(Boolean).length;
  const ownLines = end - start >= shown;
  if (typeof who === 'string' && !ownLines && (shown < 3 || start - found.after < 2)) return null;
  if (part.who === null && !dot && found.hasGaps && isInsideBlock(lines, found.start)) return null;
  return {
    start,
    ...withCountBelow(lines, end, date),
    authorCount: typeof who === 'number' ? who : null,
    organization: typeof who === 'string' ? parseOrganization(who) : null,
    sure: isBlock(lines, start, end) ? ownLines && shown >= 2 : typeof who === 'number' && shown === 3,
  };
}

/** Whether a line has lines directly above and below. */
function isInsideBlock(lines: readonly Line[], index: number): boolean {
  return isBelow(lines, index) && isBelow(lines, index + 1);
}

/** Whether blank lines set some lines apart from those above, and none stand between them. */
function isBlock(lines: readonly Line[], start: number, end: number): boolean {
  const [first, ...rest] = lines.slice(start, end);
  return first !== undefined && first.gap > 0 && rest.every(({ gap }) => gap === 0);
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
 * The line above a dot or a date, when it names an organisation. Either it begins the byline's block, or the page does not
 * tell by blank lines, and title and abstract are there without it.
 */
function organizationAbove(lines: readonly Line[], { start, after }: Found): string | null {
  const above = start - 1;
  const line = lines[above];
  if (!line || above < after || !isOrganizationLike(line.text)) return null;
  const beginsBlock = line.block === lines[start]?.block && above > 0 && line.gap > 0;
  const textsAbove = above - after;
  return beginsBlock || (textsAbove >= 2 && textsAbove % 2 === 0) ? line.text : null;
}
