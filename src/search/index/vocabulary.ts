import { Bytes } from './bytes.ts';
import { EditTable } from './edit-table.ts';

/** Words numbered from 0. */
export interface Vocabulary {
  readonly size: number;
  /** The number of a word, or -1. */
  idOf(word: string): number;
  wordAt(id: number): string;
  /** The numbers of all words that begin with `prefix`. */
  withPrefix(prefix: string): number[];
}

/** Words in their order of arrival. */
export class GrowingVocabulary implements Vocabulary {
  private readonly ids = new Map<string, number>();
  private readonly words: string[] = [];

  get size(): number {
    return this.words.length;
  }

  /** The number of a word, given to it now if it is new. */
  add(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    const id = this.words.length;
    this.ids.set(word, id);
    this.words.push(word);
    return id;
  }

  idOf(word: string): number {
    return this.ids.get(word) ?? -1;
  }

  wordAt(id: number): string {
    return this.words[id] ?? '';
  }

  withPrefix(prefix: string): number[] {
    return this.words.flatMap((word, id) => (word.startsWith(prefix) ? [id] : []));
  }

  private inOrder(): number[] {
    return this.words
      .map((word, id) => ({ id, bytes: Buffer.from(word) }))
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
      .map(({ id }) => id);
  }

  freeze(): VocabularyArrays {
    const bytes = new Bytes(this.size * 8);
    const offsets = new Uint32Array(this.size + 1);
    const encoder = new TextEncoder();
    this.words.forEach((word, id) => {
      bytes.pushAll(encoder.encode(word));
      offsets[id + 1] = bytes.length;
    });
    return { bytes: bytes.copy(), offsets, order: Uint32Array.from(this.inOrder()) };
  }
}

/** A word near another one, by the edits between them. */
export interface NearWord {
  id: number;
  distance: number;
}

/** Words in UTF-8 one after the other: word `id` from `offsets[id]` to `offsets[id + 1]`; `order` sorts them by bytes. */
export interface VocabularyArrays {
  bytes: Uint8Array;
  offsets: Uint32Array;
  order: Uint32Array;
}

/** Words looked up before; with more the memory starts afresh. */
const REMEMBERED = 10_000;

/** Words in typed arrays, found by binary search: nothing to build when they are loaded. */
export class FrozenVocabulary implements Vocabulary {
  private readonly known = new Map<string, number>();
  private readonly bytes: Buffer;
  private readonly offsets: Uint32Array;
  private readonly order: Uint32Array;

  constructor({ bytes, offsets, order }: VocabularyArrays) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offsets = offsets;
    this.order = order;
  }

  get size(): number {
    return this.order.length;
  }

  idOf(word: string): number {
    const known = this.known.get(word);
    if (known !== undefined) return known;
    if (this.known.size >= REMEMBERED) this.known.clear();
    const id = this.find(word);
    this.known.set(word, id);
    return id;
  }

  private find(word: string): number {
    const wanted = Buffer.from(word);
    const id = this.order[this.lowerBound(wanted)];
    return id !== undefined && this.compare(id, wanted) === 0 ? id : -1;
  }

  wordAt(id: number): string {
    return this.bytes.toString('utf8', this.offsets[id], this.offsets[id + 1]);
  }

  withPrefix(prefix: string): number[] {
    return [...this.range(Buffer.from(prefix))];
  }

  /**
   * The words at most `most` edits from `word` (insertions, deletions, replacements and swaps of neighbours, in UTF-8
   * bytes); with `asPrefix`, the words that begin that near to it. With `sameFirst`, only those with the same first letter:
   * a twentieth of the work.
   */
  near(word: string, most: number, { asPrefix = false, sameFirst = false } = {}): NearWord[] {
    const { bytes, offsets } = this;
    const wanted = Buffer.from(word);
    const table = new EditTable(wanted, most);
    const found: NearWord[] = [];
    // What a word shares with the one before needs no second look. Past `dead` letters nothing can come near.
    let last = 0;
    let lastEnd = 0;
    let dead = Infinity;
    let distance = Infinity;
    for (const id of sameFirst ? this.range(wanted.subarray(0, 1)) : this.order) {
      const start = offsets[id]!;
      const length = offsets[id + 1]! - start;
      let depth = 0;
      while (depth < length && last + depth < lastEnd && bytes[last + depth] === bytes[start + depth]) depth += 1;
      last = start;
      lastEnd = start + length;
      if (depth < dead) {
        dead = Infinity;
        while (depth < length && dead === Infinity) {
          table.add(depth, bytes[start + depth]!);
          depth += 1;
          if (!table.isAlive(depth)) dead = depth;
        }
        if (asPrefix) distance = table.leastUpTo(depth);
        else distance = dead === Infinity ? table.distance(depth) : Infinity;
      }
      if (distance <= most) found.push({ id, distance });
    }
    return found;
  }

  /** The part of `order` whose words begin with `prefix`. */
  private range(prefix: Buffer): Uint32Array {
    // No UTF-8 text has the byte 255.
    const end = this.lowerBound(Buffer.concat([prefix, Buffer.of(255)]));
    return this.order.subarray(this.lowerBound(prefix), end);
  }

  /** Place in `order` of the first word that is not before `wanted`. */
  private lowerBound(wanted: Buffer): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.order[middle]!, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compare(id: number, wanted: Buffer): number {
    const start = this.offsets[id]!;
    const length = this.offsets[id + 1]! - start;
    const common = Math.min(length, wanted.length);
    for (let i = 0; i < common; i++) {
      const difference = this.bytes[start + i]! - wanted[i]!;
      if (difference !== 0) return difference;
    }
    return length - wanted.length;
  }
}
