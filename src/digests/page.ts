import type { Digest } from '../core/paper.ts';
import { type Body, takeBanner } from './banner.ts';
import { hasBylines, readBylines } from './bylines.ts';
import { readCompact } from './compact.ts';
import type { Decoded } from './decode.ts';
import { type Line, linesOf } from './lines.ts';
import { resolvePageDate } from './page-date.ts';
import type { PageReading } from './pairs.ts';
import { isTitleLike } from './plausibility.ts';
import { isSpaced, readSpaced } from './spaced.ts';
import { UnreadableDigestError } from './unreadable.ts';

/** Of a page without a banner, the share of lines and of titles that must be beyond doubt. */
const SHARE_WITHOUT_BANNER = 0.75;

/**
 * Reads the Daily Papers page copied as text. `given` is the digest's day as the caller knows it, `limit` the day that
 * no date of the page is after.
 *
 * @throws UnreadableDigestError when nothing is certain.
 */
export function readPage({ text, cut }: Decoded, given: string | null, limit: string): Digest {
  const page = linesOf(text);
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

function refuseUncertain(body: Body, layout: Digest['layout'], { entries, rejected }: PageReading): void {
  const [first] = body.lines;
  if (!first && body.date) return;
  const known = body.hasBanner || layout === 'bylines';
  if (!known && !isPlausible(body.lines, entries)) {
    throw new UnreadableDigestError(
      first?.number ?? 1,
      'This is no digest: neither the Daily Papers page copied as text (titles and abstracts in turn) nor JSON Lines.',
    );
  }
  if (entries.length > 0) return;
  const [fault] = rejected;
  const reason = fault ? `Nothing on this page is certain. ${fault.reason}` : 'The page ends before its first paper.';
  throw new UnreadableDigestError(fault?.line ?? 1, `${reason} Save the page again.`);
}

/** Whether lines without a banner are nearly all titles that look like titles, each with an abstract that does not. */
function isPlausible(lines: readonly Line[], entries: PageReading['entries']): boolean {
  const titles = entries.filter(({ title }) => isTitleLike(title)).length;
  return titles > 0 && 2 * titles >= SHARE_WITHOUT_BANNER * lines.length;
}
