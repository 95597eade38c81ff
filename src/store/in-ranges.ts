import { setImmediate as breathe } from 'node:timers/promises';

/**
 * Does something for the ids 1 to `last`, so many at a time, and lets others have their turn between: what deletes from a large
 * table at once holds everybody up. Ends early when `signal` is aborted.
 */
export async function inRanges(
  last: number,
  size: number,
  work: (from: number, to: number) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 1; from <= last; from += size) {
    if (signal?.aborted) return;
    await work(from, Math.min(last, from + size - 1));
    await breathe();
  }
}
