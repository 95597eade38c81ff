import type { Columns } from './columns.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A stretch of bytes. */
export interface Stretch {
  data: Uint8Array;
  start: number;
  end: number;
}

/**
 * A part of the index: papers by slot from 0, their words, and for each stem its postings.
 *
 * Postings are, for each paper in order, the distance from the slot before (LEB128, the first counts from -1) and one byte:
 * how often the stem is in the title (2 bits), in the abstract (4 bits), and in keywords, organisation and authors (2 bits).
 *
 * A paper's text is its words in order, as numbers (LEB128): the marks below, or a word's number plus `MARKS`. The fields
 * come in the order of `TEXT_FIELDS`.
 */
export interface Segment {
  readonly size: number;
  readonly words: Vocabulary;
  readonly stems: Vocabulary;
  readonly columns: Columns;
  /** Words that are no stopwords of all papers, those of titles weighted. */
  readonly totalLength: number;
  /** By word: the number of its stem. May have room for more words than there are. */
  readonly stemsOfWords: Uint32Array;
  /** The number of a word's stem. */
  stemOfWord(word: number): number;
  /** The words that have the stem. */
  wordsOfStem(stem: number): ArrayLike<number> & Iterable<number>;
  postings(stem: number): Stretch;
  /** How many papers have the stem. */
  frequency(stem: number): number;
  text(slot: number): Stretch;
  title(slot: number): string;
  /** The slot of a paper that is there, or -1. */
  slotOf(paperId: number): number;
  /** Slots whose titles begin with these words (`titleKey`), at most `limit`. */
  titlesFrom(key: string, limit: number): number[];
}

/** Ends a field. */
export const END_OF_FIELD = 0;
/** Stands between two texts of one field, such as two authors. */
export const BETWEEN_TEXTS = 1;
/** The next number is a compound in one piece, outside the order of words. */
export const WHOLE = 2;
export const MARKS = 3;

export const TITLE_BITS = 0b1100_0000;
export const ABSTRACT_BITS = 0b0011_1100;
export const OTHER_BITS = 0b0000_0011;
export const MOST_IN_TITLE = 3;
export const MOST_IN_ABSTRACT = 15;
export const MOST_IN_OTHERS = 3;

/** How much a word of the title counts, against one of the abstract. */
export const TITLE_WEIGHT = 2.5;
