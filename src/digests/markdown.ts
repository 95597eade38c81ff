import { arxivIdIn } from '../core/identity.ts';
import type { Digest, Organization, Rejection } from '../core/paper.ts';
import { COUNT, parseCount } from './count.ts';
import { entryOf } from './entry.ts';
import { type Line, linesOf, quote } from './lines.ts';
import { commentsOf, type PageDate, parsePageDate, resolvePageDate } from './page-date.ts';
import type { PageEntry } from './pairs.ts';
import { UnreadableDigestError } from './unreadable.ts';

const PAPER = String.raw`https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/papers\/`;
const HEADING = new RegExp(String.raw`^#{1,6}\s+\[(.*)\]\((${PAPER}[^\s()#?]+)\)$`);
const IS_MARKDOWN = new RegExp(String.raw`^#{1,6}[ \t]+\[[^\r\n]*\]\(${PAPER}`, 'm');
const LINK_END = /\]\((https?:\/\/[^\s()]+)\)$/;
const VOTES = new RegExp(String.raw`^\[(?:(${COUNT})|-)\](?:\(\S*\))?$`);
const COMMENTS = new RegExp(String.raw`\[(${COUNT})\]\(\S*#community\)`);
const AUTHORS = new RegExp(String.raw`^(?:[-*+•]\s*)?(${COUNT})\s*authors?$`, 'i');
const ORGANIZATION = /^(?:[-*+•]\s*)?\[([^\n]*)\]\(https?:\/\/(?:www\.)?huggingface\.co\/([\w.-]+)\/?\)$/;
const IMAGE = /!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\)/g;
/** What Markdown needs a backslash in front of. Those of TeX (`\\'e`) stay. */
const ESCAPED = /\\([\\`*_{}[\]()#+.!|<>-])/g;
/** Lines that a byline may take, and characters of a part of it. */
const LONGEST_BYLINE = 12;
const LONGEST_PART = 400;

/** Whether a text is the Daily Papers page as web-to-Markdown tools save it. */
export function isMarkdown(document: string): boolean {
  return IS_MARKDOWN.test(document);
}

/**
 * Reads the page as Markdown. A title and an abstract belong together when both are links to one paper. `given` is the
 * digest's day as the caller knows it, `limit` the day that no date of the page is after.
 *
 * @throws UnreadableDigestError when nothing is certain.
 */
export function readMarkdown(document: string, given: string | null, limit: string): Digest {
  const lines = linesOf(document);
  const headings = lines.flatMap((line, index) => {
    const parts = HEADING.exec(line.text);
    return parts ? [{ index, line, title: plain(parts[1] ?? ''), arxivId: arxivIdIn(parts[2] ?? '') }] : [];
  });
  const date = pageDate(lines.slice(0, headings[0]?.index ?? 0), limit) ?? given;
  const rejected: Rejection[] = [];
  const entries = headings.flatMap((heading, position) => {
    const next = headings[position + 1];
    const end = next ? (votesAbove(lines, next.index)?.index ?? next.index) : lines.length;
    const votes = votesAbove(lines, heading.index);
    const result = readPaper({ ...heading, votes, below: lines.slice(heading.index + 1, end) }, date ?? limit);
    rejected.push(...result.rejected);
    return result.entry ?? [];
  });
  if (entries.length === 0) {
    const line = rejected[0]?.line ?? lines[0]?.number ?? 1;
    throw new UnreadableDigestError(
      line,
      `No paper of this Markdown copy can be read. ${rejected[0]?.reason ?? ''}`.trim(),
    );
  }
  return {
    layout: 'markdown',
    date,
    entries: entries.map((entry, index) => ({ position: index + 1, ...entry })),
    rejected,
  };
}

interface Heading {
  line: Line;
  title: string;
  arxivId: string | null;
  /** What stands above it as votes: `101`, `-`; `null` when nothing does. */
  votes: ReturnType<typeof votesAbove>;
  below: Line[];
}

function readPaper(heading: Heading, limit: string): { entry: PageEntry | null; rejected: Rejection[] } {
  const { line, title, arxivId, votes, below } = heading;
  if (title === '' || arxivId === null) {
    const reason = `${quote(line.text)} is no title with a link to its paper.`;
    return { entry: null, rejected: [{ line: line.number, reason }] };
  }
  const abstract = findAbstract(below, arxivId);
  const byline = readByline(below.slice(abstract?.end ?? 0, (abstract?.end ?? 0) + LONGEST_BYLINE), limit);
  const facts = {
    title,
    arxivId,
    abstract: abstract?.text ?? null,
    upvotes: votes?.count ?? null,
    ...(abstract && byline),
  };
  const reason = `${quote(title)} has no abstract below it that links to the same paper.`;
  return { entry: entryOf(line.number, facts), rejected: abstract ? [] : [{ line: line.number, reason }] };
}

/** The votes above a title, and where they stand. Pictures may stand between the two. */
function votesAbove(lines: readonly Line[], index: number): { count: number | null; index: number } | null {
  let above = index - 1;
  while (isPicture(lines[above]?.text)) above -= 1;
  const parts = VOTES.exec(lines[above]?.text ?? '');
  return parts && { count: parts[1] === undefined ? null : parseCount(parts[1]), index: above };
}

function isPicture(text: string | undefined): boolean {
  return text !== undefined && text.includes('![') && /^(?:\[\s*\]\(\S*\))?$/.test(text.replace(IMAGE, ''));
}

/** The text of the first link to the paper, and the index after it. A picture that links to it is no text. */
function findAbstract(lines: readonly Line[], arxivId: string): { text: string; end: number } | null {
  let start = -1;
  for (const [index, { text }] of lines.entries()) {
    if (start === -1 && text.startsWith('[')) start = index;
    const address = LINK_END.exec(text)?.[1];
    if (start === -1 || address === undefined) continue;
    const found = lines.slice(start, index + 1).map((line) => line.text);
    const body = plain(found.join('\n').slice(1).replace(LINK_END, ''));
    if (body !== '' && arxivIdIn(address))
      return arxivIdIn(address) === arxivId ? { text: body, end: index + 1 } : null;
    start = -1;
  }
  return null;
}

function readByline(lines: readonly Line[], limit: string): Partial<PageEntry> {
  const parts = lines
    .flatMap(({ text }) => text.split('·').map((part) => part.trim()))
    .filter((part) => part.length <= LONGEST_PART);
  let organization: Organization | null = null;
  let authorCount: number | null = null;
  for (const part of parts) {
    const found = COMMENTS.exec(part);
    const date = parsePageDate(part.replace(COMMENTS, '').trim());
    if (date && date !== 'no such day')
      return { organization, authorCount, ...whenAndComments(date, found?.[1], limit) };
    const authors = AUTHORS.exec(part)?.[1];
    if (authors !== undefined) authorCount ??= parseCount(authors);
    else organization ??= organizationIn(part);
  }
  return { organization, authorCount };
}

function whenAndComments(date: PageDate, shown: string | undefined, limit: string): Partial<PageEntry> {
  const comments = shown === undefined ? commentsOf(date, false) : parseCount(shown);
  return { publishedOn: resolvePageDate(date, limit), comments };
}

function organizationIn(text: string): Organization | null {
  const parts = ORGANIZATION.exec(text.replace(IMAGE, '').trim());
  const handle = parts?.[2];
  if (handle === undefined) return null;
  const name = plain(parts?.[1] ?? '');
  // The picture's text and the handle may stand before the name.
  return { handle, name: (name.startsWith(`${handle} `) ? name.slice(handle.length).trim() : name) || handle };
}

function pageDate(lines: readonly Line[], limit: string): string | null {
  for (const { text } of lines) {
    const date = parsePageDate(text);
    if (date && date !== 'no such day' && date.comments === null) return resolvePageDate(date, limit);
  }
  return null;
}

/** The text that Markdown shows: without pictures, hard line breaks and the backslashes in front of punctuation. */
function plain(markdown: string): string {
  return markdown
    .replace(IMAGE, '')
    .split('\n')
    .map((line) => line.replace(/\\{1,2}$/, '').trim())
    .filter((line) => line !== '')
    .join(' ')
    .replace(ESCAPED, '$1');
}
