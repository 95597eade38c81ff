import { titleKey } from '../../core/identity.ts';
import { Bytes } from './bytes.ts';
import { type ArrayOf, COLUMN_NAMES, COLUMNS, type Columns, columnsOf } from './columns.ts';
import type { GrowingSegment } from './growing-segment.ts';
import { commonPhrases, type Phrase } from './phrases.ts';
import type { Segment, Stretch } from './segment.ts';
import { FrozenVocabulary } from './vocabulary.ts';

/** Everything a frozen segment is made of, besides its columns: flat arrays that a snapshot stores as they are. */
export const ARRAYS = {
  wordBytes: Uint8Array,
  wordOffsets: Uint32Array,
  wordOrder: Uint32Array,
  stemOfWord: Uint32Array,
  /** The words of each stem, one stem after the other; those of stem `s` end at `wordsByStemEnds[s]`. */
  wordsByStem: Uint32Array,
  wordsByStemEnds: Uint32Array,
  stemBytes: Uint8Array,
  stemOffsets: Uint32Array,
  stemOrder: Uint32Array,
  postingBytes: Uint8Array,
  postingOffsets: Uint32Array,
  frequencies: Uint32Array,
  textBytes: Uint8Array,
  textOffsets: Uint32Array,
  titleBytes: Uint8Array,
  titleOffsets: Uint32Array,
  /** Slots in the order of their titles' keys. */
  titleOrder: Uint32Array,
  /** Slots in the order of their papers' ids. */
  idOrder: Uint32Array,
  /** `Names` as JSON in UTF-8. */
  names: Uint8Array,
  ...COLUMNS,
} as const;

export type ArrayName = keyof typeof ARRAYS;
export type SegmentArrays = { [Name in ArrayName]: ArrayOf<(typeof ARRAYS)[Name]> };
export const ARRAY_NAMES = Object.keys(ARRAYS) as ArrayName[];

/** Short texts that readers look for, most common first. */
export interface Names {
  phrases: Phrase[];
  organizations: Phrase[];
}

/** Papers that no longer change, but for the facts in their columns. Nothing is built when it is loaded. */
export class FrozenSegment implements Segment {
  readonly words: FrozenVocabulary;
  readonly stems: FrozenVocabulary;
  readonly columns: Columns;
  readonly arrays: SegmentArrays;
  private readonly titleText: Buffer;
  private lengths: number | null = null;

  constructor(arrays: SegmentArrays) {
    this.arrays = arrays;
    this.words = new FrozenVocabulary({
      bytes: arrays.wordBytes,
      offsets: arrays.wordOffsets,
      order: arrays.wordOrder,
    });
    this.stems = new FrozenVocabulary({
      bytes: arrays.stemBytes,
      offsets: arrays.stemOffsets,
      order: arrays.stemOrder,
    });
    this.columns = Object.fromEntries(COLUMN_NAMES.map((name) => [name, arrays[name]])) as Columns;
    const { titleBytes } = arrays;
    this.titleText = Buffer.from(titleBytes.buffer, titleBytes.byteOffset, titleBytes.byteLength);
  }

  get size(): number {
    return this.arrays.idOrder.length;
  }

  get totalLength(): number {
    return (this.lengths ??= this.columns.length.reduce((sum, length) => sum + length, 0));
  }

  get stemsOfWords(): Uint32Array {
    return this.arrays.stemOfWord;
  }

  names(): Names {
    return JSON.parse(new TextDecoder().decode(this.arrays.names)) as Names;
  }

  stemOfWord(word: number): number {
    return this.arrays.stemOfWord[word] ?? -1;
  }

  wordsOfStem(stem: number): Uint32Array {
    const { wordsByStem, wordsByStemEnds } = this.arrays;
    return wordsByStem.subarray(wordsByStemEnds[stem - 1] ?? 0, wordsByStemEnds[stem] ?? 0);
  }

  postings(stem: number): Stretch {
    const { postingBytes, postingOffsets } = this.arrays;
    return { data: postingBytes, start: postingOffsets[stem] ?? 0, end: postingOffsets[stem + 1] ?? 0 };
  }

  frequency(stem: number): number {
    return this.arrays.frequencies[stem] ?? 0;
  }

  text(slot: number): Stretch {
    const { textBytes, textOffsets } = this.arrays;
    return { data: textBytes, start: textOffsets[slot] ?? 0, end: textOffsets[slot + 1] ?? 0 };
  }

  title(slot: number): string {
    const { titleOffsets } = this.arrays;
    return this.titleText.toString('utf8', titleOffsets[slot], titleOffsets[slot + 1]);
  }

  slotOf(paperId: number): number {
    const { idOrder, id, gone } = this.arrays;
    let place = firstNotBefore(idOrder.length, (at) => id[idOrder[at]!]! < paperId);
    for (; id[idOrder[place]!] === paperId; place++) {
      const slot = idOrder[place]!;
      if (gone[slot] === 0) return slot;
    }
    return -1;
  }

  titlesFrom(key: string, limit: number): number[] {
    const { titleOrder } = this.arrays;
    const keyAt = (place: number) => titleKey(this.title(titleOrder[place]!));
    const slots: number[] = [];
    for (let place = firstNotBefore(titleOrder.length, (at) => keyAt(at) < key); place < titleOrder.length; place++) {
      if (slots.length === limit || !keyAt(place).startsWith(key)) break;
      slots.push(titleOrder[place]!);
    }
    return slots;
  }
}

/** Words by their stem, which is below `stems`. */
function byStem(stemOfWord: Uint32Array, stems: number): Pick<SegmentArrays, 'wordsByStem' | 'wordsByStemEnds'> {
  const ends = new Uint32Array(stems);
  for (const stem of stemOfWord) ends[stem]! += 1;
  for (let stem = 1; stem < stems; stem++) ends[stem]! += ends[stem - 1]!;
  const words = new Uint32Array(stemOfWord.length);
  const next = ends.slice();
  for (let word = stemOfWord.length - 1; word >= 0; word--) words[(next[stemOfWord[word]!]! -= 1)] = word;
  return { wordsByStem: words, wordsByStemEnds: ends };
}

/** Packs a growing segment into flat arrays. Takes about a second for 50,000 papers. */
export function freeze(segment: GrowingSegment): SegmentArrays {
  const { size } = segment;
  const words = segment.words.freeze();
  const stems = segment.stems.freeze();
  const columns = columnsOf(size, segment.columns, size);
  const stemOfWord = segment.stemsOfWords.slice(0, segment.words.size);
  return {
    wordBytes: words.bytes,
    wordOffsets: words.offsets,
    wordOrder: words.order,
    stemOfWord,
    ...byStem(stemOfWord, segment.stems.size),
    stemBytes: stems.bytes,
    stemOffsets: stems.offsets,
    stemOrder: stems.order,
    ...packPostings(segment),
    textBytes: segment.texts.copy(),
    textOffsets: Uint32Array.from(segment.textOffsets),
    ...packTitles(segment.titles),
    titleOrder: segment.titleOrder(),
    idOrder: Uint32Array.from(columns.id.keys()).sort((a, b) => columns.id[a]! - columns.id[b]!),
    names: packNames(segment),
    ...columns,
  };
}

/** A phrase is common where this many titles or keywords have it; fewer will do in a small archive. */
const COMMON = 3;
const COMMON_IN_SMALL = 2;
const SMALL_ARCHIVE = 2000;

function packNames({ size, titles, keywords, organizations }: GrowingSegment): Uint8Array {
  const names: Names = {
    phrases: commonPhrases([...titles, ...keywords], size < SMALL_ARCHIVE ? COMMON_IN_SMALL : COMMON),
    organizations: [...organizations].sort(([, a], [, b]) => b - a).map(([text, count]) => ({ text, count })),
  };
  return new TextEncoder().encode(JSON.stringify(names));
}

function packPostings(segment: GrowingSegment) {
  const { size } = segment.stems;
  const bytes = new Bytes(1024);
  const postingOffsets = new Uint32Array(size + 1);
  const frequencies = new Uint32Array(size);
  for (let stem = 0; stem < size; stem++) {
    const { data, end } = segment.postings(stem);
    bytes.pushAll(data.subarray(0, end));
    postingOffsets[stem + 1] = bytes.length;
    frequencies[stem] = segment.frequency(stem);
  }
  return { postingBytes: bytes.copy(), postingOffsets, frequencies };
}

function packTitles(titles: string[]) {
  const bytes = new Bytes(1024);
  const titleOffsets = new Uint32Array(titles.length + 1);
  const encoder = new TextEncoder();
  titles.forEach((title, slot) => {
    bytes.pushAll(encoder.encode(title));
    titleOffsets[slot + 1] = bytes.length;
  });
  return { titleBytes: bytes.copy(), titleOffsets };
}

/** The first place from 0 to `count` that is not `before`, where all that are come first. */
function firstNotBefore(count: number, before: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
