import type { Line } from './lines.ts';
import { type PageDate, parsePageDate } from './page-date.ts';
import { isSentenceLike } from './plausibility.ts';

/** Lines that only this page has. They may stand among lines of the site's navigation. */
const UNMISTAKABLE = [
  /^(?:new\s*)?get trending papers in your email inbox\b.{0,30}$/i,
  /^.{0,20}by\s*AK and the research community$/i,
];
/** Lines that could be titles elsewhere; each is read once. */
const PLAIN = ['new', 'subscribe', 'daily papers'];
const SUBSCRIBE = 'Subscribe';
const FOOTER =
  /^(?:previous|next|load more|system theme|company|tos|privacy|about|careers|jobs|website|models|datasets|spaces|pricing|docs|(?:©\s*)?hugging face)$/i;

const FARTHEST_BANNER_LINE = 40;
const LONGEST_BANNER_LINE = 120;

/** A page without what stands around its papers. */
export interface Body {
  lines: Line[];
  /** The day of the list, as the banner shows it. */
  date: PageDate | null;
  /** Whether anything showed that this is the page. */
  hasBanner: boolean;
}

/** Takes off banner and footer. Any of their lines may be missing, and the first title may be glued to `Subscribe`. */
export function takeBanner(page: readonly Line[]): Body {
  const seen = new Set<string>();
  let date: PageDate | null = null;
  let next = startOfUnmistakable(page);
  for (const { text } of page.slice(0, next)) seen.add(text.toLowerCase());
  for (; next < page.length && !date; next += 1) {
    const text = page[next]?.text ?? '';
    date = dateAlone(text);
    if (!date && (!isBannerLine(text) || seen.has(text.toLowerCase()))) break;
    seen.add(text.toLowerCase());
  }
  const lines = page.slice(next, startOfFooter(page, next));
  const unglued = seen.has(SUBSCRIBE.toLowerCase()) ? null : unglue(lines[0]?.text ?? '', seen.size > 0);
  if (lines[0] && unglued !== null) lines[0] = { ...lines[0], text: unglued };
  return { lines, date, hasBanner: [...seen].some(isBannerLine) || unglued !== null };
}

function isBannerLine(text: string): boolean {
  return PLAIN.includes(text.toLowerCase()) || isUnmistakable(text);
}

function isUnmistakable(text: string): boolean {
  return UNMISTAKABLE.some((pattern) => pattern.test(text));
}

/** The first line that only this page has, when nothing above it can be an abstract; else the first of the page. */
function startOfUnmistakable(page: readonly Line[]): number {
  for (const [index, { text }] of page.slice(0, FARTHEST_BANNER_LINE).entries()) {
    if (isUnmistakable(text)) return index;
    if (text.length > LONGEST_BANNER_LINE || isSentenceLike(text)) return 0;
  }
  return 0;
}

function startOfFooter(page: readonly Line[], from: number): number {
  let end = page.length;
  while (end > from && FOOTER.test(page[end - 1]?.text ?? '')) end -= 1;
  return end;
}

/** The first title, of which `Subscribe` was the beginning; `null` when it was not. Below a banner it always is. */
function unglue(text: string, belowBanner: boolean): string | null {
  if (!text.startsWith(SUBSCRIBE)) return null;
  const title = text.slice(SUBSCRIBE.length);
  const begins = belowBanner ? /^\S/ : /^[^\s\p{Ll}]/u;
  return begins.test(title) ? title : null;
}

function dateAlone(text: string): PageDate | null {
  const date = parsePageDate(text);
  return date && date !== 'no such day' && date.comments === null ? date : null;
}
