import { parseBylinePart } from './byline.ts';
import type { Line } from './lines.ts';
import { isSentenceLike, isTitleLike, isTooLongForTitle } from './plausibility.ts';

/*
 * Titles and abstracts alternate; nothing else tells them apart. When a line is missing, a page has several readings: ways
 * to call each line a title or an abstract. Each reading has a price: a break of the alternation costs BREAK, a line that
 * does not look like what it is called costs a little. A pair is certain (MARGIN is in alternation.ts) when
 *   1. every reading without it costs at least MARGIN more than the cheapest, and
 *   2. it also stands in a reading with the fewest breaks, looks aside.
 * So looks can take a pair away, or choose between places where one line is missing, and never overrule the alternation.
 * The prices follow from what must hold:
 *   - on a page without a break a pair is certain though one of its two texts looks unlike what it is
 *     (2 BREAK - SENTENCE_AS_TITLE >= MARGIN, 2 BREAK - TITLE_AS_ABSTRACT >= MARGIN);
 *   - a title at the very end does not touch the pairs above it (SENTENCE_AS_TITLE + TITLE_AS_ABSTRACT >= MARGIN);
 *   - of two titles in a row the second does not keep its abstract (TITLE_AS_ABSTRACT < MARGIN), for the first may be the
 *     short abstract of a paper above; nor of two abstracts the first its title (SENTENCE_AS_TITLE < MARGIN);
 *   - save on a page where looks are clear: there the second title keeps its abstract (TITLE_AS_CLEAR_ABSTRACT >= MARGIN),
 *     and two titles are no pair (2 BREAK - TITLE_AS_CLEAR_ABSTRACT < MARGIN), for two abstracts may be missing.
 */
const BREAK = 3;
const SENTENCE_AS_TITLE = 2;
const TITLE_AS_ABSTRACT = 2;
const TITLE_AS_CLEAR_ABSTRACT = 5;

export interface ReadingOptions {
  /** A block of several lines may be one abstract. */
  blocks: boolean;
  /** Looks tell titles and abstracts apart on this page: see `looksAreClear`. */
  clear: boolean;
  /** A byline stands after every abstract, and these lines are without: two papers here are a break. */
  bylines: boolean;
}

export type Kind = 'title' | 'abstract';

/** Calling the lines from `start` up to `end` one title or one abstract. */
export interface Step {
  kind: Kind;
  start: number;
  end: number;
  price: number;
  /** The price of the cheapest reading with this step. */
  total: number;
}

/** All readings of some lines. */
export interface Readings {
  /** Price of the cheapest reading. */
  cheapest: number;
  /** For every line the steps that take it in. */
  steps: Step[][];
}

/** Prices all readings at once, by dynamic programming from both ends. Without `looks` only breaks cost. */
export function priceReadings(lines: readonly Line[], options: ReadingOptions, looks: boolean): Readings {
  const starting = stepsOf(lines, options, looks);
  const fromStart = walkForward(starting, options);
  const toEnd = walkBack(starting, options);
  for (const step of starting.flat()) {
    step.total = cheapestEntry(step, fromStart, options) + step.price + (toEnd[step.end]?.[step.kind] ?? Infinity);
  }
  return { cheapest: toEnd[0]?.abstract ?? 0, steps: stepsByLine(starting) };
}

function stepsOf(lines: readonly Line[], options: ReadingOptions, looks: boolean): Step[][] {
  const titleAsAbstract = options.clear ? TITLE_AS_CLEAR_ABSTRACT : TITLE_AS_ABSTRACT;
  const blocks = options.blocks ? longBlocks(lines) : new Map<number, LongBlock>();
  const inLongBlock = new Set([...blocks].flatMap(([start, { end }]) => range(start, end)));
  return lines.map(({ text }, start) => {
    const block = blocks.get(start);
    const split = (looks && block?.splitPrice) || 0;
    const asAbstract = looks && isTitleLike(text) ? titleAsAbstract : 0;
    const asTitle = looks && isSentenceLike(text) ? SENTENCE_AS_TITLE : 0;
    const bylineLike = parseBylinePart(text) !== null;
    const neverTitle = isTooLongForTitle(text) || (inLongBlock.has(start) && bylineLike);
    const asByline = options.bylines && bylineLike ? 2 * BREAK : 0;
    const steps = [step('abstract', start, start + 1, split + asAbstract + asByline)];
    if (!neverTitle) steps.push(step('title', start, start + 1, split + asTitle));
    if (block) steps.push(step('abstract', start, block.end, looks ? block.wholePrice : 0));
    return steps;
  });
}

function step(kind: Kind, start: number, end: number, price: number): Step {
  return { kind, start, end, price, total: Infinity };
}

interface LongBlock {
  end: number;
  /** Of reading it as one abstract, and of reading its lines one by one. */
  wholePrice: number;
  splitPrice: number;
}

/** Blocks of several lines by their first index. */
function longBlocks(lines: readonly Line[]): Map<number, LongBlock> {
  const blocks = new Map<number, LongBlock>();
  for (let start = 0, end = 0; start < lines.length; start = end) {
    while (end < lines.length && lines[end]?.block === lines[start]?.block) end += 1;
    if (end - start < 2) continue;
    const [wholePrice, splitPrice] = mayBeSeveral(lines.slice(start, end)) ? [BREAK, 0] : [0, BREAK];
    blocks.set(start, { end, wholePrice, splitPrice });
  }
  return blocks;
}

/** Whether a block may be several texts that lost the blank lines between them. */
function mayBeSeveral(block: readonly Line[]): boolean {
  const titles = block.filter(({ text }) => isTitleLike(text) && parseBylinePart(text) === null);
  return titles.length > 0 || block.filter(({ text }) => isTooLongForTitle(text)).length > 1;
}

/** The cheapest price between a place and one end, by what precedes the place: a title still alone, or not. */
type Prices = Record<Kind, number>;

function walkForward(starting: readonly Step[][], options: ReadingOptions): Prices[] {
  const prices = emptyPrices(starting.length + 1);
  prices[0] = { title: Infinity, abstract: 0 };
  for (const step of starting.flat()) {
    const after = prices[step.end];
    if (after) after[step.kind] = Math.min(after[step.kind], cheapestEntry(step, prices, options) + step.price);
  }
  return prices;
}

function walkBack(starting: readonly Step[][], options: ReadingOptions): Prices[] {
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

function cheapestEntry(step: Step, prices: readonly Prices[], options: ReadingOptions): number {
  const { title, abstract } = prices[step.start] ?? { title: Infinity, abstract: Infinity };
  return Math.min(title + breakPrice('title', step, options), abstract + breakPrice('abstract', step, options));
}

/** An abstract or a title is missing between two of a kind; and a byline where one paper ends and the next begins. */
function breakPrice(before: Kind, { kind, start }: Step, { bylines }: ReadingOptions): number {
  const newPaper = start > 0 && !(before === 'title' && kind === 'abstract');
  return (kind === before ? BREAK : 0) + (bylines && newPaper ? BREAK : 0);
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
