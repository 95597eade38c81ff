import type { Line } from './lines.ts';
import { type PageReading, readPairs } from './pairs.ts';
import { looksAreClear, usualGap } from './plausibility.ts';

/** Reads a page with blank lines between titles and abstracts. `complete`: the last line is known to be whole. */
export function readSpaced(lines: readonly Line[], complete: boolean): PageReading {
  return readPairs(lines, complete, {
    blocks: true,
    bylines: false,
    clear: looksAreClear(lines),
    usualGap: usualGap(lines),
  });
}
