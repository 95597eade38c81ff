import { STOPWORDS } from '../text/stopwords.ts';
import { best, type Scored } from './best.ts';
import { saturated } from './bm25.ts';
import type { PlacesOf } from './closeup.ts';
import type { Place } from './pool.ts';
import { type Segment, TITLE_WEIGHT } from './segment.ts';
import type { Statistics } from './statistics.ts';
import { rankedWordsAt } from './words-of.ts';

/** What papers are about: their most telling stems, with shares that sum to 1. */
export type Topic = { stem: string; share: number }[];

/** A paper, and how much it says about the topic. */
export interface Example extends Place {
  share: number;
}

/** Reads what papers of one segment are about. */
export class TopicReader {
  private readonly segment: Segment;
  private readonly isStopword: Uint8Array;
  private readonly counts: Float32Array;
  private readonly sums: Float32Array;

  constructor(segment: Segment) {
    this.segment = segment;
    this.isStopword = stopwordFlags(segment);
    this.counts = new Float32Array(segment.stems.size);
    this.sums = new Float32Array(segment.stems.size);
  }

  /** The `count` stems that tell most about the examples, with their worth. A stem of one paper tells nothing of others. */
  strongest(examples: Example[], count: number, statistics: Statistics): Scored[] {
    const { segment, sums } = this;
    const stems: number[] = [];
    for (const { slot, share } of examples) this.add(slot, share, stems, statistics.meanLength);
    for (const stem of stems) {
      const frequency = statistics.frequencyIn(segment, stem);
      sums[stem]! *= frequency < 2 ? 0 : statistics.weight(frequency);
    }
    const strongest = best(stems, sums, count);
    for (const stem of stems) sums[stem] = 0;
    return strongest;
  }

  /** Adds a paper to the sums, and stems that are new in them to `all`. */
  private add(slot: number, share: number, all: number[], meanLength: number): void {
    const { segment, counts, sums, isStopword } = this;
    const { stemsOfWords } = segment;
    const stems: number[] = [];
    const { words, length: count, inTitle } = rankedWordsAt(segment, slot);
    for (let at = 0; at < count; at++) {
      const word = words[at]!;
      if (isStopword[word] === 1) continue;
      const stem = stemsOfWords[word]!;
      if (counts[stem] === 0) stems.push(stem);
      counts[stem]! += at < inTitle ? TITLE_WEIGHT : 1;
    }
    const length = segment.columns.length[slot]!;
    for (const stem of stems) {
      if (sums[stem] === 0) all.push(stem);
      sums[stem]! += share * saturated(counts[stem]!, length, meanLength);
      counts[stem] = 0;
    }
  }
}

/** What the examples are about, in `count` stems; one reader a segment. */
export function topicOf(
  readers: readonly TopicReader[],
  segments: readonly Segment[],
  examples: Example[],
  count: number,
  statistics: Statistics,
): Topic {
  const sums = new Map<string, number>();
  readers.forEach((reader, index) => {
    const own = examples.filter((example) => example.index === index);
    for (const { slot: stem, score } of reader.strongest(own, count * 2, statistics)) {
      const word = segments[index]!.stems.wordAt(stem);
      sums.set(word, (sums.get(word) ?? 0) + score);
    }
  });
  const stems = [...sums].sort(([, a], [, b]) => b - a).slice(0, count);
  const total = stems.reduce((sum, [, share]) => sum + share, 0) || 1;
  return stems.map(([stem, share]) => ({ stem, share: share / total }));
}

function stopwordFlags(segment: Segment): Uint8Array {
  const flags = new Uint8Array(segment.words.size);
  for (const word of STOPWORDS) {
    const id = segment.words.idOf(word);
    if (id >= 0) flags[id] = 1;
  }
  return flags;
}

/** Tells how near papers of one segment are to a topic. */
export class TopicScorer {
  private readonly segment: Segment;
  private readonly meanLength: number;
  private readonly weights: number[];
  /** By word: the place of its stem among the topic's, from 1; 0 for all other words. */
  private readonly placeOfWord: Uint16Array;
  private readonly counts: Float32Array;

  constructor(segment: Segment, topic: Topic, statistics: Statistics, placesOf: PlacesOf) {
    this.segment = segment;
    this.meanLength = statistics.meanLength;
    this.weights = topic.map(({ stem, share }) => share * statistics.weight(statistics.frequency(stem)));
    this.counts = new Float32Array(topic.length + 1);
    this.placeOfWord = placesOf(
      segment,
      topic.map(({ stem }) => stem),
    );
  }

  score(slot: number): number {
    const { segment, counts, placeOfWord, weights, meanLength } = this;
    counts.fill(0);
    const { words, length: count, inTitle } = rankedWordsAt(segment, slot);
    for (let at = 0; at < count; at++) counts[placeOfWord[words[at]!]!]! += at < inTitle ? TITLE_WEIGHT : 1;
    const length = segment.columns.length[slot]!;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      if (counts[i + 1]! > 0) sum += weights[i]! * saturated(counts[i + 1]!, length, meanLength);
    }
    return sum;
  }
}
