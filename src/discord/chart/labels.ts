import type { Measure, Weight } from './chart.ts';

/** A block of text that should stand at a height. */
export interface Block {
  /** Where its middle should be. */
  wanted: number;
  height: number;
}

/** Where the middles of blocks come to stand so that none covers another, all between `top` and `bottom`, near to what is wanted. */
export function placed(blocks: readonly Block[], top: number, bottom: number): number[] {
  const order = [...blocks.keys()].sort((a, b) => blocks[a]!.wanted - blocks[b]!.wanted || a - b);
  const middles = blocks.map(({ wanted }) => wanted);
  let edge = top;
  for (const index of order) {
    const half = blocks[index]!.height / 2;
    middles[index] = Math.max(middles[index]!, edge + half);
    edge = middles[index] + half;
  }
  edge = bottom;
  for (const index of order.toReversed()) {
    const half = blocks[index]!.height / 2;
    middles[index] = Math.min(middles[index]!, edge - half);
    edge = middles[index] - half;
  }
  return middles;
}

/** A text in at most `most` lines of `width` pixels, cut with an ellipsis where it is longer. */
export function wrapped(
  text: string,
  { width, most, size, weight }: { width: number; most: number; size: number; weight: Weight },
  measure: Measure,
): string[] {
  const fits = (part: string) => measure(part, size, weight) <= width;
  const lines: string[] = [];
  let rest = text.split(' ').filter(Boolean);
  while (rest.length > 0 && lines.length < most) {
    let count = 1;
    while (count < rest.length && fits(rest.slice(0, count + 1).join(' '))) count += 1;
    const isLast = lines.length === most - 1;
    lines.push(shortened((isLast ? rest : rest.slice(0, count)).join(' '), fits));
    rest = rest.slice(count);
  }
  return lines;
}

function shortened(text: string, fits: (part: string) => boolean): string {
  if (fits(text)) return text;
  const letters = Array.from(text);
  let [kept, over] = [0, letters.length];
  while (over - kept > 1) {
    const middle = (kept + over) >> 1;
    if (fits(`${letters.slice(0, middle).join('')}…`)) kept = middle;
    else over = middle;
  }
  return `${letters.slice(0, kept).join('').trimEnd()}…`;
}
