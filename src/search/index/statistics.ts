import type { Segment } from './segment.ts';

/** Stems remembered; with more the memory starts afresh. */
const REMEMBERED = 10_000;

/** What ranking knows of all segments together. Papers that are gone count until their segment is built anew. */
export class Statistics {
  private readonly segments: readonly Segment[];
  /** Of the stems asked for. */
  private readonly frequencies = new Map<string, number>();
  readonly papers: number;
  readonly meanLength: number;

  constructor(segments: readonly Segment[]) {
    this.segments = segments;
    this.papers = segments.reduce((sum, { size }) => sum + size, 0);
    const length = segments.reduce((sum, { totalLength }) => sum + totalLength, 0);
    this.meanLength = Math.max(1, length / Math.max(1, this.papers));
  }

  /** How many papers have the stem. */
  frequency(stem: string): number {
    const known = this.frequencies.get(stem);
    if (known !== undefined) return known;
    let sum = 0;
    for (const segment of this.segments) {
      const id = segment.stems.idOf(stem);
      if (id >= 0) sum += segment.frequency(id);
    }
    if (this.frequencies.size >= REMEMBERED) this.frequencies.clear();
    this.frequencies.set(stem, sum);
    return sum;
  }

  /** The same for a stem of one segment. In the largest its own count is near enough, and spares looking up the word. */
  frequencyIn(segment: Segment, stem: number): number {
    if (segment.size * 2 > this.papers) return segment.frequency(stem);
    return this.frequency(segment.stems.wordAt(stem));
  }

  /** How much a stem tells: BM25's inverse document frequency, above 0. */
  weight(frequency: number): number {
    return Math.log(1 + (this.papers - frequency + 0.5) / (frequency + 0.5));
  }
}
