import type { Rejection } from '../core/paper.ts';
import { type AlternationOptions, largestGap, pairAlternately, type Pairing } from './alternation.ts';
import { type DateContext, factsOf, faultsOf, gluesComments } from './byline-facts.ts';
import { parseBylinePart } from './byline.ts';
import { parseCount } from './count.ts';
import { type Byline, findBylines } from './find-bylines.ts';
import { isSpaced, type Line, quote } from './lines.ts';
import { type PageEntry, type PageReading, pairedEntry, readPairs, rejectionOf } from './pairs.ts';
import { isTitleLike, isTooLongForTitle, looksAreClear, usualGap } from './plausibility.ts';

/** Most lines of titles, abstracts and damage to one sure byline on a page that is still one with bylines. */
const MOST_LINES_PER_BYLINE = 8;

/** Whether a page has bylines below its abstracts. */
export function hasBylines(lines: readonly Line[]): boolean {
  const bylines = findBylines(lines);
  const sure = bylines.filter((byline) => byline.sure).length;
  return sure > 0 && textsOf(lines, bylines).length <= MOST_LINES_PER_BYLINE * sure;
}

/**
 * Reads a page with a byline below every abstract. Each byline ends a paper, so damage stays between two of them.
 * `complete`: the last line is known to be whole; `limit`: the day after which no paper was published (`YYYY-MM-DD`).
 */
export function readBylines(lines: readonly Line[], complete: boolean, limit: string): PageReading {
  const bylines = findBylines(lines);
  const texts = textsOf(lines, bylines);
  const spaced = isSpaced(texts);
  const options = {
    blocks: spaced,
    bylines: true,
    clear: looksAreClear(texts),
    usualGap: spaced ? usualGap(texts) : Infinity,
  };
  const dates = { limit, glues: gluesComments(bylines) };
  const readings = sectionsOf(lines, bylines).map((section) => readSection(section, options, dates));
  const rest = readPairs(lines.slice(bylines.at(-1)?.end ?? 0), complete, options);
  readings.push({ entries: rest.entries, rejected: [...rest.rejected, ...rest.entries.map(withoutByline)] });
  return {
    entries: readings.flatMap(({ entries }) => entries),
    rejected: readings.flatMap(({ rejected }) => rejected),
  };
}

/** A byline and the lines above it, down from the byline before. */
interface Section {
  lines: readonly Line[];
  byline: Byline;
  /** Line of the byline in the document. */
  number: number;
  /** This byline and the one before are sure. */
  bounded: boolean;
}

function sectionsOf(lines: readonly Line[], bylines: readonly Byline[]): Section[] {
  return bylines.map((byline, index) => {
    const before = bylines[index - 1];
    return {
      lines: lines.slice(before?.end ?? 0, byline.start),
      byline,
      number: lines[byline.start]?.number ?? 1,
      bounded: byline.sure && (before?.sure ?? true),
    };
  });
}

/** Reads the papers above a byline, which is about the last of them. */
function readSection(section: Section, options: AlternationOptions, dates: DateContext): PageReading {
  const { byline, number } = section;
  const { upvotes, lines } = takeUpvotes(section.lines);
  const pair = onlyPair(lines, section.bounded, options);
  const { pairings, leftovers } = pair ? { pairings: [pair], leftovers: [] } : pairAlternately(lines, options);
  const last = pairings.at(-1);
  const owner = last && last.abstract.at(-1) === lines.at(-1) ? last : null;
  const entries = pairings.filter((pairing) => pairing !== owner).map((pairing) => pairedEntry(pairing));
  const rejected = [...leftovers.map(rejectionOf), ...entries.map(withoutByline)];
  if (owner) {
    entries.push(pairedEntry(owner, { ...factsOf(byline, dates), upvotes }));
    const name = quote(owner.title.text);
    rejected.push(...faultsOf(byline).map((fault) => ({ line: number, reason: `The byline of ${name} ${fault}` })));
  } else if (leftovers.length === 0) {
    rejected.push({ line: number, reason: 'There is a byline, but no title and abstract above it.' });
  }
  return { entries, rejected };
}

/** The title and the abstract between two bylines, if nothing says that they are something else. */
function onlyPair(lines: readonly Line[], bounded: boolean, options: AlternationOptions): Pairing | null {
  const [title, abstract] = lines;
  if (!title || !abstract || lines.length > 2) return null;
  const doubtful = abstract.gap > largestGap(options, false) || isTooLongForTitle(title.text);
  if (doubtful || (!bounded && parseBylinePart(abstract.text) !== null)) return null;
  return { title, abstract: [abstract] };
}

/** Some copies have the number of votes, or a dash for none, above the title. */
function takeUpvotes(lines: readonly Line[]): { upvotes: number | null; lines: readonly Line[] } {
  const [first, , abstract] = lines;
  const upvotes = parseCount(first?.text ?? '');
  const shown = upvotes !== null || first?.text === '-';
  if (!shown || !abstract || lines.length > 3 || isTitleLike(abstract.text)) return { upvotes: null, lines };
  return { upvotes, lines: lines.slice(1) };
}

function withoutByline({ line, title }: PageEntry): Rejection {
  return { line, reason: `No byline stands below the abstract of ${quote(title)}; its authors and date are unknown.` };
}

function textsOf(lines: readonly Line[], bylines: readonly Byline[]): Line[] {
  const starts = [0, ...bylines.map(({ end }) => end)];
  return starts.flatMap((start, index) => lines.slice(start, bylines[index]?.start));
}
