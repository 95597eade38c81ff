import type { Line } from './lines.ts';
import { type PageReading, readPairs } from './pairs.ts';
import { looksAreClear } from './plausibility.ts';

/** Reads a page of titles and abstracts line by line. `complete`: the last line is known to be whole. */
export function readCompact(lines: readonly Line[], complete: boolean): PageReading {
  return readPairs(lines, complete, {
    blocks: false,
    bylines: false,
    clear: looksAreClear(lines),
    usualGap: Infinity,
  });
}
