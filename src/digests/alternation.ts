import type { Line } from './lines.ts';
import { type Kind, priceReadings, type ReadingOptions, type Readings, type Step } from './readings.ts';

/** Prices of readings between the cheapest and the next, from which on the cheapest is certain. */
const MARGIN = 4;
/** What looks may cost a line, on average, before they say nothing. */
const MOST_UNLIKE = 1 / 3;

export interface AlternationOptions extends ReadingOptions {
  /** Number of blank lines above which other lines are lost between two. */
  largestGap: number;
}

export interface Pairing {
  title: Line;
  /** One line, or a block of several. */
  abstract: Line[];
}

/** A line without a certain pairing: surely a title or an abstract of its own, or neither is sure. */
export interface Leftover {
  line: Line;
  kind: Kind | 'unclear';
}

/** Reads lines as titles and abstracts in turn. Every line is in a certain pairing or left over. */
export function pairAlternately(
  lines: readonly Line[],
  options: AlternationOptions,
): { pairings: Pairing[]; leftovers: Leftover[] } {
  const byBreaks = priceReadings(lines, options, false);
  const byLooks = priceReadings(lines, options, true);
  const misleading = byLooks.cheapest - byBreaks.cheapest > MOST_UNLIKE * lines.length;
  const readings = misleading ? byBreaks : byLooks;
  const pairings: Pairing[] = [];
  const leftovers: Leftover[] = [];
  let pairedUpTo = 0;
  for (const [index, line] of lines.entries()) {
    if (index < pairedUpTo) continue;
    const step = certainStep(readings, index);
    const near = (lines[index + 1]?.gap ?? 0) <= options.largestGap;
    const next = near && step?.kind === 'title' ? certainStep(readings, index + 1) : null;
    if (step && next?.kind === 'abstract' && isCheapest(byBreaks, step) && isCheapest(byBreaks, next)) {
      pairings.push({ title: line, abstract: lines.slice(next.start, next.end) });
      pairedUpTo = next.end;
    } else leftovers.push({ line, kind: step?.kind ?? 'unclear' });
  }
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
