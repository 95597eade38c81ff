import type { Line } from './lines.ts';
import { type Kind, priceReadings, type ReadingOptions, type Readings, type Step } from './readings.ts';

/** Prices of readings between the cheapest and the next, from which on the cheapest is certain. */
const MARGIN = 4;
/** What looks may cost a line, on average, before they say nothing. */
const MOST_UNLIKE = 1 / 3;

export interface AlternationOptions extends ReadingOptions {
  /** Number of blank lines between two texts; infinite where they say nothing. */
  usualGap: number;
}

export interface Pairing {
  title: Line;
  /** One line, or a block of several. */
  abstract: Line[];
}

/** A line without a certain pairing: a title or an abstract of its own, or `'unclear'` among others like it. */
export interface Leftover {
  line: Line;
  kind: Kind | 'unclear';
}

/**
 * The largest gap between a title and its abstract. Blank lines may be doubled; but where a title and an abstract are lost
 * three gaps become one. On a page with a break a doubled gap may be the place of a lost line.
 */
export function largestGap({ usualGap }: AlternationOptions, broken: boolean): number {
  return broken ? usualGap : 2 * usualGap;
}

/** Reads lines as titles and abstracts in turn. Every line is in a certain pairing or left over. */
export function pairAlternately(
  lines: readonly Line[],
  options: AlternationOptions,
): { pairings: Pairing[]; leftovers: Leftover[] } {
  const byBreaks = priceReadings(lines, options, false);
  const byLooks = priceReadings(lines, options, true);
  const misleading = !options.clear && byLooks.cheapest - byBreaks.cheapest > MOST_UNLIKE * lines.length;
  const readings = misleading ? byBreaks : byLooks;
  const largest = largestGap(options, byBreaks.cheapest > 0);
  const pairings: Pairing[] = [];
  const left = new Map<number, Line>();
  let pairedUpTo = 0;
  for (const [index, line] of lines.entries()) {
    if (index < pairedUpTo) continue;
    const title = certainStep(readings, index);
    const near = (lines[index + 1]?.gap ?? 0) <= largest;
    const abstract = near && title?.kind === 'title' ? certainStep(readings, index + 1) : null;
    if (title && abstract?.kind === 'abstract' && isCheapest(byBreaks, title) && isCheapest(byBreaks, abstract)) {
      pairings.push({ title: line, abstract: lines.slice(abstract.start, abstract.end) });
      pairedUpTo = abstract.end;
    } else left.set(index, line);
  }
  const leftovers = [...left].map(([index, line]) => {
    const alone = !left.has(index - 1) && !left.has(index + 1);
    const step = certainStep(readings, index) ?? (alone ? cheapestStep(readings, index) : null);
    return { line, kind: step?.kind ?? ('unclear' as const) };
  });
  return { pairings, leftovers };
}

/** The step that all readings take at a line, but those that cost MARGIN more than the cheapest; `null` when they differ. */
function certainStep({ cheapest, steps }: Readings, index: number): Step | null {
  const affordable = (steps[index] ?? []).filter(({ total }) => total < cheapest + MARGIN);
  return affordable.length === 1 ? (affordable[0] ?? null) : null;
}

function isCheapest({ cheapest, steps }: Readings, { kind, start, end }: Step): boolean {
  const same = steps[start]?.find((step) => step.kind === kind && step.start === start && step.end === end);
  return same?.total === cheapest;
}

function cheapestStep({ cheapest, steps }: Readings, index: number): Step | null {
  return steps[index]?.find(({ total }) => total === cheapest) ?? null;
}
