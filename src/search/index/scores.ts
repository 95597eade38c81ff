import { BestOf, type Scored } from './best.ts';
import type { Slots } from './select.ts';

/** Slots are watched in blocks of 2^7, so that most are passed over when the best are picked. */
const BLOCK_BITS = 7;
const BLOCK = 2 ** BLOCK_BITS;
/** Close papers reach this share of the best score; at most `MOST_CLOSE` are counted. */
const CLOSE_SHARE = 0.15;
export const MOST_CLOSE = 1000;
/** No paper has all these bits of words. */
const MATCHING = -1;

/** What the papers of a pool are worth to one query, by slot. Made once, used by one query after the other. */
export class Scores {
  size = 0;
  readonly values: Float32Array;
  /** Which of the words that must be there were found. */
  readonly found: Int32Array;
  /** Of each block: no value in it is higher. */
  private readonly tops: Float32Array;
  /** The same two as whole numbers: of what is never negative they have the same order, and are sooner compared. */
  private readonly valueBits: Int32Array;
  private readonly topBits: Int32Array;

  constructor(capacity: number) {
    this.values = new Float32Array(capacity);
    this.found = new Int32Array(capacity);
    this.tops = new Float32Array((capacity >> BLOCK_BITS) + 1);
    this.valueBits = new Int32Array(this.values.buffer);
    this.topBits = new Int32Array(this.tops.buffer);
  }

  /** Forgets everything, for a pool of this size. */
  begin(size: number): void {
    this.size = size;
    this.values.fill(0, 0, size);
    this.found.fill(0, 0, size);
  }

  /** Takes away papers that are no longer there. */
  drop(slots: readonly number[]): void {
    for (const slot of slots) this.values[slot] = this.found[slot] = 0;
  }

  /** Takes away all papers but these (ascending). */
  keepOnly(slots: Slots): void {
    let next = 0;
    for (let slot = 0; slot < this.size; slot++) {
      if (slots[next] === slot) next += 1;
      else this.values[slot] = 0;
    }
  }

  /** Looks the values over, which no longer change, for `closest` and `countClose`. */
  survey(): void {
    const { valueBits, topBits, size } = this;
    topBits.fill(0);
    for (let start = 0; start < size; start += BLOCK) {
      const end = Math.min(size, start + BLOCK);
      let even = 0;
      let odd = 0;
      for (let slot = start + 1; slot < end; slot += 2) {
        even = Math.max(even, valueBits[slot - 1]!);
        odd = Math.max(odd, valueBits[slot]!);
      }
      if ((end - start) % 2 === 1) even = Math.max(even, valueBits[end - 1]!);
      topBits[start >> BLOCK_BITS] = Math.max(even, odd);
    }
  }

  /** Notes which papers match; the others may be close. */
  note(matching: Slots): void {
    for (let i = 0; i < matching.length; i++) this.found[matching[i]!] = MATCHING;
  }

  /** The `count` best of the papers that do not match, and reach a share of the best score. */
  closest(count: number, share = CLOSE_SHARE): Scored[] {
    const { values, found, tops } = this;
    const least = this.leastClose(share);
    const best = new BestOf(count);
    for (let block = 0; block < tops.length; block++) {
      if (tops[block]! < least || tops[block]! <= best.least) continue;
      const end = Math.min(this.size, (block + 1) << BLOCK_BITS);
      for (let slot = block << BLOCK_BITS; slot < end; slot++) {
        const score = values[slot]!;
        if (score > best.least && score >= least && found[slot] !== MATCHING) best.offer(slot, score);
      }
    }
    return best.ordered();
  }

  /** How many close papers there are; counted up to `MOST_CLOSE`. */
  countClose(): number {
    const { values, found, tops } = this;
    const least = this.leastClose(CLOSE_SHARE);
    let count = 0;
    for (let block = 0; block < tops.length && count < MOST_CLOSE; block++) {
      if (tops[block]! < least) continue;
      const end = Math.min(this.size, (block + 1) << BLOCK_BITS);
      for (let slot = block << BLOCK_BITS; slot < end; slot++) {
        if (values[slot]! >= least && found[slot] !== MATCHING) count += 1;
      }
    }
    return Math.min(count, MOST_CLOSE);
  }

  /** What a close paper scores at least; more than nothing. */
  private leastClose(share: number): number {
    let most = 0;
    for (let block = 0; block < this.tops.length; block++) if (this.tops[block]! > most) most = this.tops[block]!;
    return Math.max(most * share, Number.MIN_VALUE);
  }
}
