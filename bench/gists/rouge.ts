import { stemmer } from 'stemmer';

/** F1 of ROUGE-1, ROUGE-2 and ROUGE-L, each from 0 to 1. */
export type Rouge = [one: number, two: number, l: number];

const STEMMED_FROM = 4;
const stems = new Map<string, string>();

/**
 * Words as Google's `rouge-score` cuts and stems them (https://github.com/google-research/google-research/tree/master/rouge),
 * but for the words where NLTK's Porter stemmer departs from Porter's own.
 */
export function rougeWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map((word) => {
      const known = stems.get(word) ?? (word.length < STEMMED_FROM ? word : stemmer(word));
      stems.set(word, known);
      return known;
    });
}

/** How much a candidate shares with one reference, both as `rougeWords` gives them. */
export function rouge(candidate: string[], reference: string[]): Rouge {
  return [
    shared(candidate, reference),
    shared(pairs(candidate), pairs(reference)),
    f1(longestInCommon(candidate, reference), candidate.length, reference.length),
  ];
}

/** With several references the one that gives the best ROUGE-1 counts, as SciTLDR's own script takes it. */
export function againstBest(score: (reference: number) => Rouge, references: number): Rouge {
  const all = Array.from({ length: references }, (_, index) => score(index));
  return all.reduce((best, other) => (other[0] > best[0] ? other : best), [-1, 0, 0]);
}

function pairs(words: string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

function shared(one: string[], other: string[]): number {
  const counts = new Map<string, number>();
  for (const item of one) counts.set(item, (counts.get(item) ?? 0) + 1);
  let both = 0;
  for (const item of other) {
    const left = counts.get(item) ?? 0;
    if (left === 0) continue;
    both += 1;
    counts.set(item, left - 1);
  }
  return f1(both, one.length, other.length);
}

function f1(both: number, one: number, other: number): number {
  return both === 0 ? 0 : (2 * both) / (one + other);
}

function longestInCommon(one: string[], other: string[]): number {
  let row = new Uint16Array(other.length + 1);
  for (const word of one) {
    const next = new Uint16Array(other.length + 1);
    for (let at = 0; at < other.length; at++) {
      next[at + 1] = word === other[at] ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!);
    }
    row = next;
  }
  return row[other.length]!;
}
