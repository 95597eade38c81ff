import type { Digest, Layout } from '../core/paper.ts';
import { type Body, takeBanner } from './banner.ts';
import { hasBylines, readBylines } from './bylines.ts';
import { readCompact } from './compact.ts';
import type { Decoded } from './decode.ts';
import { isSpaced, type Line, linesOf } from './lines.ts';
import { resolvePageDate } from './page-date.ts';
import type { PageReading } from './pairs.ts';
import { isTitleLike } from './plausibility.ts';
import { readSpaced } from './spaced.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** Of a page without a banner, the share of lines that must be beyond doubt. */
const SHARE_WITHOUT_BANNER = 0.75;
/** Lines and mean length in characters from which a page of lines that all look like titles has no abstracts. */
const MANY_TITLES = 20;
const LENGTH_OF_TITLES = 40;
/** Far more than a page of the largest size has. */
const MOST_LINES = 100_000;

/**
 * Reads the Daily Papers page copied as text. `given` is the digest's day as the caller knows it, `limit` the day that
 * no date of the page is after.
 *
 * @throws UnreadableDigestError when nothing is certain.
 */
export function readPage({ text, cut }: Decoded, given: string | null, limit: string): Digest {
  const page = linesOf(text);
  if (page.length > MOST_LINES) {
    throw new UnreadableDigestError(MOST_LINES, `A page has at most ${MOST_LINES} lines. Split it into smaller files.`);
  }
  const body = takeBanner(page);
  const date = (body.date && resolvePageDate(body.date, limit)) ?? given;
  const complete = !cut && (/[\r\n]$/.test(text.slice(-1)) || body.lines.at(-1)?.number !== page.at(-1)?.number);
  const { layout, reading } = readBody(body.lines, complete, date ?? limit);
  refuseUncertain(body, layout, reading);
  const rejected = reading.rejected.sort((a, b) => a.line - b.line);
  return {
    layout,
    date,
    entries: reading.entries.map((entry, index) => ({ position: index + 1, ...entry })),
    rejected,
  };
}

function readBody(lines: readonly Line[], complete: boolean, limit: string) {
  if (hasBylines(lines)) return { layout: 'bylines', reading: readBylines(lines, complete, limit) } as const;
  if (isSpaced(lines)) return { layout: 'spaced', reading: readSpaced(lines, complete) } as const;
  return { layout: 'compact', reading: readCompact(lines, complete) } as const;
}

function refuseUncertain({ lines, date, hasBanner }: Body, layout: Layout, { entries, rejected }: PageReading): void {
  const [first] = lines;
  if (!first && date) return;
  if (layout !== 'bylines' && !hasBanner && !isPlausible(lines, entries)) {
    const reason =
      "This is no digest: neither the Daily Papers page (copied as text, titles and abstracts in turn, or saved), nor a feed, arXiv's mail or JSON Lines.";
    throw new UnreadableDigestError(first?.number ?? 1, reason);
  }
  if (layout !== 'bylines' && areTitles(lines)) {
    const reason = 'These lines all look like titles. Copy the page where it shows the abstracts below them.';
    throw new UnreadableDigestError(first?.number ?? 1, reason);
  }
  if (entries.length > 0) return;
  const [fault] = rejected;
  if (fault) throw new UnreadableDigestError(fault.line, `Nothing on this page is certain. ${fault.reason}`);
  throw new UnreadableDigestError(1, 'The page ends before its first paper. Save it again.');
}

/** Whether nearly all lines are titles that look like titles, each with an abstract that does not. */
function isPlausible(lines: readonly Line[], entries: PageReading['entries']): boolean {
  const plain = entries.filter(({ title, abstract }) => isTitleLike(title) && !isTitleLike(abstract ?? ''));
  return plain.length > 0 && 2 * plain.length >= SHARE_WITHOUT_BANNER * lines.length;
}

function areTitles(lines: readonly Line[]): boolean {
  const length = lines.reduce((sum, { text }) => sum + text.length, 0);
  const many = lines.length >= MANY_TITLES && length >= LENGTH_OF_TITLES * lines.length;
  return many && lines.every(({ text }) => isTitleLike(text));
}
