import { parseBylinePart } from './byline.ts';
import type { Line } from './lines.ts';
import { isSentenceLike, isTitleLike, isTooLongForTitle } from './plausibility.ts';

/*
 * Titles and abstracts alternate; nothing else tells them apart. When a line is missing, a page has several readings: ways
 * to call each line a title or an abstract. Each reading has a price: a break of the alternation costs BREAK, a line that
 * does not look like what it is called costs a little. A pair is certain when
 *   1. every reading without it costs at least MARGIN more than the cheapest, and
 *   2. it also stands in a reading with the fewest breaks, looks aside.
 * So looks can take a pair away, or choose between places where one line is missing, and never overrule the alternation.
 * The prices follow from what must hold:
 *   - on a page without a break every pair is certain (2 BREAK - SENTENCE_AS_TITLE >= MARGIN) unless its abstract looks
 *     like a title (2 BREAK - TITLE_AS_ABSTRACT < MARGIN): two abstracts may be missing, one after the other;
 *   - a title at the very end does not touch the pairs above it (SENTENCE_AS_TITLE + TITLE_AS_ABSTRACT >= MARGIN);
 *   - of two titles in a row the second keeps its abstract only on a page where looks are clear
 *     (TITLE_AS_ABSTRACT < MARGIN <= TITLE_AS_CLEAR_ABSTRACT): the first may be the short abstract of a paper above.
 */
const BREAK = 3;
const MARGIN = 4;
const SENTENCE_AS_TITLE = 1;
const TITLE_AS_ABSTRACT = 3;
const TITLE_AS_CLEAR_ABSTRACT = 5;

export interface AlternationOptions {
  /** A block of several lines may be one abstract. */
  blocks: boolean;
  /** Looks tell titles and abstracts apart on this page: see `looksAreClear`. */
  clear: boolean;
  /** A byline stands after every abstract, and these lines are without: two papers here are a break. */
  bylines: boolean;
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

type Kind = 'title' | 'abstract';

/** Calling the lines from `start` up to `end` one title or one abstract. */
interface Step {
  kind: Kind;
  start: number;
  end: number;
  price: number;
  /** The price of the cheapest reading with this step. */
  total: number;
}

/** Reads lines as titles and abstracts in turn. Every line is in a certain pairing or left over. */
export function pairAlternately(
  lines: readonly Line[],
  options: AlternationOptions,
): { pairings: Pairing[]; leftovers: Leftover[] } {
  const byLooks = priceReadings(lines, options, true);
  const byBreaks = priceReadings(lines, options, false);
  const pairings: Pairing[] = [];
  const leftovers: Leftover[] = [];
  let pairedUpTo = 0;
  for (const [index, line] of lines.entries()) {
    if (index < pairedUpTo) continue;
    const step = certainStep(byLooks, index);
    const next = step?.kind === 'title' ? certainStep(byLooks, index + 1) : null;
    if (step && next?.kind === 'abstract' && isCheapest(byBreaks, step) && isCheapest(byBreaks, next)) {
      pairings.push({ title: line, abstract: lines.slice(next.start, next.end) });
      pairedUpTo = next.end;
    } else leftovers.push({ line, kind: step?.kind ?? 'unclear' });
  }
  return { pairings, leftovers };
}

interface Readings {
  /** Price of the cheapest reading. */
  cheapest: number;
  /** For every line the steps that take it in. */
  steps: Step[][];
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

/** Prices all readings at once, by dynamic programming from both ends. */
function priceReadings(lines: readonly Line[], options: AlternationOptions, looks: boolean): Readings {
  const starting = stepsOf(lines, options, looks);
  const fromStart = walkForward(starting, options);
  const toEnd = walkBack(starting, options);
  for (const step of starting.flat()) {
    step.total = cheapestEntry(step, fromStart, options) + step.price + (toEnd[step.end]?.[step.kind] ?? Infinity);
  }
  return { cheapest: toEnd[0]?.abstract ?? 0, steps: stepsByLine(starting) };
}

function stepsOf(lines: readonly Line[], options: AlternationOptions, looks: boolean): Step[][] {
  const titleAsAbstract = options.clear ? TITLE_AS_CLEAR_ABSTRACT : TITLE_AS_ABSTRACT;
  const blocks = options.blocks ? longBlocks(lines) : new Map<number, LongBlock>();
  const inLongBlock = new Set([...blocks].flatMap(([start, { end }]) => range(start, end)));
  return lines.map(({ text }, start) => {
    const block = blocks.get(start);
    const split = block?.splitPrice ?? 0;
    const asAbstract = looks && isTitleLike(text) ? titleAsAbstract : 0;
    const asTitle = looks && isSentenceLike(text) ? SENTENCE_AS_TITLE : 0;
    const neverTitle = isTooLongForTitle(text) || (inLongBlock.has(start) && parseBylinePart(text) !== null);
    const steps = [step('abstract', start, start + 1, split + asAbstract)];
    if (!neverTitle) steps.push(step('title', start, start + 1, split + asTitle));
    if (block) steps.push(step('abstract', start, block.end, 0));
    return steps;
  });
}

function step(kind: Kind, start: number, end: number, price: number): Step {
  return { kind, start, end, price, total: Infinity };
}

interface LongBlock {
  end: number;
  /** Of reading its lines one by one: free when one looks like a title, for then blank lines may have been lost. */
  splitPrice: number;
}

/** Blocks of several lines by their first index. */
function longBlocks(lines: readonly Line[]): Map<number, LongBlock> {
  const blocks = new Map<number, LongBlock>();
  for (let start = 0, end = 0; start < lines.length; start = end) {
    while (end < lines.length && lines[end]?.block === lines[start]?.block) end += 1;
    if (end - start < 2) continue;
    const splitPrice = lines.slice(start, end).some(({ text }) => isTitleLike(text)) ? 0 : BREAK;
    blocks.set(start, { end, splitPrice });
  }
  return blocks;
}

/** The cheapest price between a place and one end, by what precedes the place: a title still alone, or not. */
type Prices = Record<Kind, number>;

function walkForward(starting: readonly Step[][], options: AlternationOptions): Prices[] {
  const prices = emptyPrices(starting.length + 1);
  prices[0] = { title: Infinity, abstract: 0 };
  for (const step of starting.flat()) {
    const after = prices[step.end];
    if (after) after[step.kind] = Math.min(after[step.kind], cheapestEntry(step, prices, options) + step.price);
  }
  return prices;
}

function walkBack(starting: readonly Step[][], options: AlternationOptions): Prices[] {
  const prices = emptyPrices(starting.length + 1);
  prices[starting.length] = { title: BREAK, abstract: 0 };
  for (const step of starting.flat().reverse()) {
    const here = prices[step.start];
    const rest = step.price + (prices[step.end]?.[step.kind] ?? Infinity);
    if (!here) continue;
    here.title = Math.min(here.title, rest + breakPrice('title', step, options));
    here.abstract = Math.min(here.abstract, rest + breakPrice('abstract', step, options));
  }
  return prices;
}

function cheapestEntry(step: Step, prices: readonly Prices[], options: AlternationOptions): number {
  const { title, abstract } = prices[step.start] ?? { title: Infinity, abstract: Infinity };
  return Math.min(title + breakPrice('title', step, options), abstract + breakPrice('abstract', step, options));
}

function breakPrice(before: Kind, { kind, start }: Step, { bylines }: AlternationOptions): number {
  if (before === 'title') return kind === 'title' ? BREAK : 0;
  return kind === 'abstract' || (bylines && start > 0) ? BREAK : 0;
}

function emptyPrices(count: number): Prices[] {
  return Array.from({ length: count }, () => ({ title: Infinity, abstract: Infinity }));
}

function stepsByLine(starting: readonly Step[][]): Step[][] {
  const byLine = starting.map((steps) => [...steps]);
  for (const step of starting.flat()) {
    for (const index of range(step.start + 1, step.end)) byLine[index]?.push(step);
  }
  return byLine;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, offset) => start + offset);
}
