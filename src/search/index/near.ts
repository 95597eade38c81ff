import type { Slots } from './select.ts';

/** Close papers reach this share of the best score; there are at most `MOST_CLOSE`. */
const CLOSE_SHARE = 0.15;
export const MOST_CLOSE = 1000;
/** Scores are sorted into so many steps. */
const STEPS = 512;

/** The best papers that do not match, ascending by slot: `MOST_CLOSE` or a few more. Close papers hold enough of the words. */
export function nearest(scores: Float32Array, matching: Slots): Slots {
  const most = highest(scores);
  const others = scores.slice();
  for (let i = 0; i < matching.length; i++) others[matching[i]!] = 0;
  const least = Math.max(most * CLOSE_SHARE, reachedBy(others, most, MOST_CLOSE));
  const slots: number[] = [];
  for (let slot = 0; slot < others.length; slot++) if (others[slot]! > 0 && others[slot]! >= least) slots.push(slot);
  return Int32Array.from(slots);
}

/** How many close papers there are; counted up to `MOST_CLOSE`. */
export function countNear(scores: Float32Array, matching: Slots): number {
  const least = highest(scores) * CLOSE_SHARE;
  let count = 0;
  let next = 0;
  for (let slot = 0; slot < scores.length && count < MOST_CLOSE; slot++) {
    if (scores[slot] === 0 || scores[slot]! < least) continue;
    while (next < matching.length && matching[next]! < slot) next += 1;
    if (matching[next] !== slot) count += 1;
  }
  return count;
}

function highest(scores: Float32Array): number {
  let most = 0;
  for (let slot = 0; slot < scores.length; slot++) if (scores[slot]! > most) most = scores[slot]!;
  return most;
}

/** A score that at least `count` papers reach, and few more; 0 where there are fewer. */
function reachedBy(scores: Float32Array, most: number, count: number): number {
  const papers = new Uint32Array(STEPS + 1);
  const scale = STEPS / (most || 1);
  for (let slot = 0; slot < scores.length; slot++) papers[(scores[slot]! * scale) | 0]! += 1;
  let reached = 0;
  for (let step = STEPS; step > 0; step--) {
    reached += papers[step]!;
    if (reached >= count) return step / scale;
  }
  return 0;
}
