import type { Rejection } from '../core/paper.ts';
import { type AlternationOptions, pairAlternately, type Pairing } from './alternation.ts';
import { parseCount } from './count.ts';
import { type Byline, findBylines } from './find-bylines.ts';
import { isSpaced, type Line, quote } from './lines.ts';
import { commentsOf, resolvePageDate } from './page-date.ts';
import { type PageEntry, type PageReading, pairedEntry, readPairs, rejectionOf } from './pairs.ts';
import { isTitleLike, isTooLongForTitle, largestGap, looksAreClear } from './plausibility.ts';

/** Most lines of titles, abstracts and damage to one whole byline on a page that is still one with bylines. */
const MOST_LINES_PER_BYLINE = 8;

/** Whether a page has bylines below its abstracts. */
export function hasBylines(lines: readonly Line[]): boolean {
  const bylines = findBylines(lines);
  const inBylines = bylines.reduce((sum, { start, end }) => sum + end - start, 0);
  const sure = bylines.filter((byline) => byline.sure).length;
  return sure > 0 && lines.length - inBylines <= MOST_LINES_PER_BYLINE * sure;
}

/**
 * Reads a page with a byline below every abstract. Each byline ends a paper, so damage stays between two of them.
 * `complete`: the last line is known to be whole; `limit`: the day after which no paper was published (`YYYY-MM-DD`).
 */
export function readBylines(lines: readonly Line[], complete: boolean, limit: string): PageReading {
  const bylines = findBylines(lines);
  const reading: PageReading = { entries: [], rejected: [] };
  const texts = textOnly(lines, bylines);
  const options = {
    blocks: isSpaced(texts),
    bylines: true,
    clear: looksAreClear(texts),
    largestGap: isSpaced(texts) ? largestGap(texts) : Infinity,
  };
  const glues = bylines.some(({ date }) => date !== null && date !== 'no such day' && date.glued);
  let from = 0;
  for (const byline of bylines) {
    const above = lines.slice(from, byline.start);
    const number = lines[byline.start]?.number ?? 1;
    addPapers(
      reading,
      above,
      { line: number, facts: factsOf(byline, limit, glues), faults: faultsOf(byline) },
      options,
    );
    from = byline.end;
  }
  const rest = readPairs(lines.slice(from), complete, options);
  reading.rejected.push(...rest.rejected, ...rest.entries.map(withoutByline));
  reading.entries.push(...rest.entries);
  return reading;
}

interface ReadByline {
  /** Line in the document. */
  line: number;
  facts: Partial<PageEntry>;
  /** What is missing in it, in words. */
  faults: string[];
}

/** Adds the papers above a byline, which is about the last of them. */
function addPapers(
  reading: PageReading,
  above: readonly Line[],
  { line, facts, faults }: ReadByline,
  options: AlternationOptions,
): void {
  const { upvotes, lines } = takeUpvotes(above);
  const pair = onlyPair(lines, options);
  const { pairings, leftovers } = pair ? { pairings: [pair], leftovers: [] } : pairAlternately(lines, options);
  const last = pairings.at(-1);
  const owner = last && last.abstract.at(-1) === lines.at(-1) ? last : null;
  const alone = pairings.filter((pairing) => pairing !== owner).map((pairing) => pairedEntry(pairing));
  reading.entries.push(...alone);
  reading.rejected.push(...leftovers.map(rejectionOf), ...alone.map(withoutByline));
  if (owner) {
    reading.entries.push(pairedEntry(owner, { ...facts, upvotes }));
    const name = quote(owner.title.text);
    reading.rejected.push(...faults.map((fault) => ({ line, reason: `The byline of ${name} ${fault}` })));
  } else if (leftovers.length === 0) {
    reading.rejected.push({ line, reason: 'There is a byline, but no title and abstract above it.' });
  }
}

/** Between two bylines one title and one abstract are a pair, however they look, save an abstract in the title's place. */
function onlyPair(lines: readonly Line[], { largestGap }: AlternationOptions): Pairing | null {
  const [title, abstract] = lines;
  if (!title || !abstract || lines.length > 2) return null;
  return abstract.gap > largestGap || isTooLongForTitle(title.text) ? null : { title, abstract: [abstract] };
}

/** Some copies have the number of votes, or a dash for none, above the title. */
function takeUpvotes(lines: readonly Line[]): { upvotes: number | null; lines: readonly Line[] } {
  const [first, title, abstract] = lines;
  const upvotes = parseCount(first?.text ?? '');
  const shown = upvotes !== null || first?.text === '-';
  if (lines.length !== 3 || !shown || !title || !abstract || isTitleLike(abstract.text))
    return { upvotes: null, lines };
  return { upvotes, lines: lines.slice(1) };
}

function factsOf({ authorCount, organization, date }: Byline, limit: string, glues: boolean): Partial<PageEntry> {
  const dated = date === 'no such day' ? null : date;
  const publishedOn = dated && resolvePageDate(dated, limit);
  return { authorCount, organization, publishedOn, comments: dated && commentsOf(dated, glues) };
}

function faultsOf({ authorCount, organization, date }: Byline): string[] {
  const faults: string[] = [];
  if (authorCount === null && organization === null) faults.push('shows neither authors nor an organisation.');
  if (date === null) faults.push('shows no date.');
  if (date === 'no such day') faults.push('shows a date that is not in the calendar.');
  return faults;
}

function withoutByline({ line, title }: PageEntry): Rejection {
  return { line, reason: `No byline stands below the abstract of ${quote(title)}; its authors and date are unknown.` };
}

function textOnly(lines: readonly Line[], bylines: readonly Byline[]): Line[] {
  const starts = [0, ...bylines.map(({ end }) => end)];
  return starts.flatMap((start, index) => lines.slice(start, bylines[index]?.start));
}
