import type { Scores } from './scores.ts';
import { ABSTRACT_BITS, OTHER_BITS, type Segment, TITLE_BITS, TITLE_WEIGHT } from './segment.ts';

/** A stem, and how much finding it counts. */
export interface WeightedStem {
  stem: string;
  weight: number;
  /** Of the words that a paper must hold: those that this stem is. */
  bits: number;
}

/** BM25's two parameters (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). */
const K1 = 1.2;
const B = 0.75;

/** How often a stem is in a paper, by the byte in its posting, the title weighted. */
const FREQUENCIES = Float32Array.from(
  { length: 256 },
  (_, counts) => TITLE_WEIGHT * ((counts & TITLE_BITS) >> 6) + ((counts & ABSTRACT_BITS) >> 2) + (counts & OTHER_BITS),
);

/** What `frequency` occurrences are worth in a paper of this length, up to `K1 + 1`. */
export function saturated(frequency: number, length: number, meanLength: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * length) / meanLength));
}

/** A segment, and where its papers lie in a pool: `size` of them from `offset`. */
export interface Part {
  segment: Segment;
  offset: number;
  size: number;
}

/** Adds BM25F of a stem to the scores of the papers that have it, and its bits to what was found of them. */
export function addScores(
  { segment, offset, size }: Part,
  { stem, weight, bits }: WeightedStem,
  meanLength: number,
  { values, found }: Scores,
): void {
  const id = segment.stems.idOf(stem);
  if (id < 0) return;
  const { length } = segment.columns;
  const base = K1 * (1 - B);
  const slope = (K1 * B) / meanLength;
  const most = weight * (K1 + 1);
  const { data, start, end } = segment.postings(id);
  // As `postingsOf` reads them: scored while they are read, they take six tenths of the time.
  let slot = -1;
  for (let at = start; at < end;) {
    let gap = data[at++]!;
    if (gap > 127) {
      gap &= 127;
      for (let shift = 7; ; shift += 7) {
        const more = data[at++]!;
        gap |= (more & 127) << shift;
        if (more < 128) break;
      }
    }
    slot += gap;
    // It came after the pool was made.
    if (slot >= size) return;
    const frequency = FREQUENCIES[data[at++]!]!;
    values[offset + slot]! += (most * frequency) / (frequency + base + slope * length[slot]!);
    if (bits > 0) found[offset + slot]! |= bits;
  }
}
