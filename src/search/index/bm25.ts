import { ABSTRACT_BITS, OTHER_BITS, type Segment, TITLE_BITS, TITLE_WEIGHT } from './segment.ts';
import type { Statistics } from './statistics.ts';

/** A stem and how much finding it counts. */
export interface WeightedStem {
  stem: string;
  weight: number;
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

/** BM25F of every paper of a segment, added to `scores` by slot. */
export function addScores(
  segment: Segment,
  stems: WeightedStem[],
  { meanLength }: Statistics,
  scores: Float32Array,
): void {
  const { length } = segment.columns;
  const base = K1 * (1 - B);
  const slope = (K1 * B) / meanLength;
  for (const { stem, weight } of stems) {
    const id = segment.stems.idOf(stem);
    if (id < 0) continue;
    const { data, start, end } = segment.postings(id);
    const most = weight * (K1 + 1);
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
      const frequency = FREQUENCIES[data[at++]!]!;
      scores[slot]! += (most * frequency) / (frequency + base + slope * length[slot]!);
    }
  }
}
