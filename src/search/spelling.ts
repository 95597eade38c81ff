import { bestOf } from './index/best.ts';
import type { FrozenSegment } from './index/frozen-segment.ts';
import type { NearWord } from './index/vocabulary.ts';
import { isStopword } from './text/stopwords.ts';
import { stemOf } from './text/stem.ts';
import { tokens } from './text/tokens.ts';

/** Words of this many letters and more may be two edits away. */
const LONG_WORD = 5;
const SHORTEST_PART = 3;
const MOST_WORDS = 3;
/** Outweighs every frequency. */
const AN_EDIT = 1e9;

/** Offers words that papers have for words that none has. */
export class Spelling {
  private readonly segment: FrozenSegment;

  constructor(segment: FrozenSegment) {
    this.segment = segment;
  }

  /** Other spellings of a query, best first: `count` at most; none where every word is known. */
  ofQuery(query: string, count: number): string[] {
    const unknown = tokens(query)
      .filter(({ word, whole }) => !whole && !isStopword(word) && !this.isKnown(word))
      .slice(0, MOST_WORDS);
    const mended = unknown
      .map((token) => ({ ...token, others: this.ofWord(token.word, count, unknown.length === 1) }))
      .filter(({ others }) => others.length > 0);
    const most = Math.max(0, ...mended.map(({ others }) => others.length));
    return Array.from({ length: most }, (_, rank) => {
      let text = query;
      for (const { start, end, others } of mended.toReversed()) {
        text = text.slice(0, start) + (others[rank] ?? others[0] ?? '') + text.slice(end);
      }
      return text;
    });
  }

  /**
   * Known words near to `word`, nearest and most frequent first; or two words that it joins. Words that begin with another
   * letter are tried only `widely`: it takes some milliseconds.
   */
  ofWord(word: string, count: number, widely = false): string[] {
    const { words } = this.segment;
    const edits = editsFor(word);
    const likely = words.near(word, edits, { sameFirst: true });
    const near = likely.length > 0 || !widely ? likely : words.near(word, edits);
    const others = new Map<number, string>();
    for (const id of this.likeliest(near, near.length)) {
      const stem = this.segment.stemOfWord(id);
      if (!others.has(stem)) others.set(stem, words.wordAt(id));
      if (others.size === count) break;
    }
    const parts = this.partsOf(word);
    if (!parts) return [...others.values()];
    const [nearest = -1] = others.keys();
    const isLikelier = parts.frequency > this.segment.frequency(nearest);
    return (isLikelier ? [parts.text, ...others.values()] : [...others.values(), parts.text]).slice(0, count);
  }

  /** The likeliest words that begin about like `typed`, with the same letter. */
  beginningNear(typed: string, count: number): string[] {
    const near = this.segment.words.near(typed, editsFor(typed), { asPrefix: true, sameFirst: true });
    return this.likeliest(near, count).map((id) => this.segment.words.wordAt(id));
  }

  private likeliest(near: NearWord[], count: number): number[] {
    const score = ({ id, distance }: NearWord) => this.frequency(id) - distance * AN_EDIT;
    return bestOf(near, score, count).map(({ id }) => id);
  }

  isKnown(word: string): boolean {
    return this.segment.stems.idOf(stemOf(word)) >= 0;
  }

  /** Whether a word begins with `typed`. */
  isBegun(typed: string): boolean {
    return this.segment.words.withPrefix(typed).length > 0;
  }

  /** `sourcecitations` as `source citations`, with how many papers have the rarer word. */
  private partsOf(word: string): { text: string; frequency: number } | null {
    let parts: { text: string; frequency: number } | null = null;
    for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at++) {
      const halves = [word.slice(0, at), word.slice(at)];
      const frequency = Math.min(...halves.map((half) => this.frequency(this.segment.words.idOf(half))));
      if (frequency > (parts?.frequency ?? 0)) parts = { text: halves.join(' '), frequency };
    }
    return parts;
  }

  private frequency(word: number): number {
    return word < 0 ? 0 : this.segment.frequency(this.segment.stemOfWord(word));
  }
}

function editsFor(word: string): number {
  return word.length < LONG_WORD ? 1 : 2;
}
