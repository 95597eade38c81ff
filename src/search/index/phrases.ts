import { stemOf } from '../text/stem.ts';
import { isStopword } from '../text/stopwords.ts';
import { phraseWords } from '../query/words.ts';

const MOST_PHRASES = 5000;
const LONGEST = 3;
/** A phrase that is in a longer one this often, of all times, is a piece of that. */
const PIECE = 0.6;

/** A phrase of neighbouring words and in how many titles and keywords it is. */
export interface Phrase {
  text: string;
  count: number;
}

/** The phrases of two or three words that titles and keywords share, most common first. */
export function commonPhrases(texts: Iterable<string>, least: number): Phrase[] {
  const rows = [...texts].map(phraseWords);
  const common = new Map<string, number>();
  for (let length = 2; length <= LONGEST; length++) {
    for (const [text, count] of countPhrases(rows, length, common)) if (count >= least) common.set(text, count);
  }
  return ranked(common).slice(0, MOST_PHRASES);
}

/** Most common first, without those that are pieces of longer ones. Inflections are counted as the most common one. */
function ranked(common: ReadonlyMap<string, number>): Phrase[] {
  const inLonger = new Map<string, number>();
  for (const [text, count] of common) {
    const words = text.split(' ');
    for (const part of words.length > 2 ? [words.slice(1).join(' '), words.slice(0, -1).join(' ')] : []) {
      inLonger.set(part, Math.max(count, inLonger.get(part) ?? 0));
    }
  }
  const phrases = new Map<string, Phrase>();
  for (const [text, count] of [...common].sort(([, a], [, b]) => b - a)) {
    const key = text.split(' ').map(stemOf).join(' ');
    const same = phrases.get(key);
    if (same) same.count += count;
    else if (isWhole(text) && (inLonger.get(text) ?? 0) < count * PIECE) phrases.set(key, { text, count });
  }
  return [...phrases.values()].sort((a, b) => b.count - a.count);
}

/** Longer phrases are counted only where the shorter ones within are common: what is left fits in memory. */
function countPhrases(rows: string[][], length: number, common: ReadonlyMap<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of rows) {
    for (let at = 0; at + length <= words.length; at++) {
      const phrase = words.slice(at, at + length);
      const isLikely =
        length === 2 || (common.has(phrase.slice(1).join(' ')) && common.has(phrase.slice(0, -1).join(' ')));
      if (!isLikely) continue;
      const text = phrase.join(' ');
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

/** Phrases begin and end with words that say something. */
function isWhole(text: string): boolean {
  const words = text.split(' ');
  return [words[0] ?? '', words.at(-1) ?? ''].every(
    (word) => word.length > 1 && !isStopword(word) && !/^\d+$/.test(word),
  );
}
