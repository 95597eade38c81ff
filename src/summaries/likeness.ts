import { setImmediate as breathe } from 'node:timers/promises';
import { stemOf } from '../search/text/stem.ts';
import { isStopword } from '../search/text/stopwords.ts';
import { tokens } from '../search/text/tokens.ts';
import type { Background } from './themes/background.ts';
import type { ThemePaper } from './themes/terms.ts';

/** Fewer papers have nothing in common that one could stand for. */
const FEWEST = 8;
/** A paper of fewer different words is like no other for want of words. */
const FEWEST_WORDS = 30;
/** In characters. */
const LONGEST_TEXT = 6000;
/** After so many papers others have a turn. */
const SLICE = 10;

export interface Likeness {
  /** Ids, the paper most like the others first; empty where there are too few papers. */
  typical: number[];
  /** Ids, the paper least like the others first. */
  unusual: number[];
}

type Vector = Map<string, number>;

/** How like the others each paper of a day is, by the words that are rare in the archive. */
export async function likenessOf(papers: readonly ThemePaper[], background: Background): Promise<Likeness> {
  if (papers.length < FEWEST) return { typical: [], unusual: [] };
  const weights = new Map<string, number>();
  const centre: Vector = new Map();
  const vectors: [number, Vector][] = [];
  for (const [index, paper] of papers.entries()) {
    if (index % SLICE === SLICE - 1) await breathe();
    const vector = vectorOf(paper, background, weights);
    vectors.push([paper.id, vector]);
    for (const [stem, weight] of vector) centre.set(stem, (centre.get(stem) ?? 0) + weight);
  }
  const scored = vectors
    .filter(([, vector]) => vector.size >= FEWEST_WORDS)
    .map(([id, vector]) => ({ id, score: likeOthers(vector, centre) }))
    .toSorted((a, b) => b.score - a.score || a.id - b.id);
  const typical = scored.map(({ id }) => id);
  return { typical, unusual: typical.toReversed() };
}

/** TF-IDF with length 1. */
function vectorOf({ title, abstract }: ThemePaper, { size, frequency }: Background, weights: Vector): Vector {
  const counts: Vector = new Map();
  for (const { word, whole } of tokens(`${title}. ${abstract ?? ''}`.slice(0, LONGEST_TEXT))) {
    if (whole || isStopword(word)) continue;
    const stem = stemOf(word);
    if (!weights.has(stem)) weights.set(stem, Math.log((size + 1) / (frequency([word]) + 0.5)));
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const vector = new Map([...counts].map(([stem, count]) => [stem, (1 + Math.log(count)) * (weights.get(stem) ?? 0)]));
  const length = Math.hypot(...vector.values()) || 1;
  for (const [stem, weight] of vector) vector.set(stem, weight / length);
  return vector;
}

/** The cosine to the sum of the other papers, but for its length. */
function likeOthers(vector: Vector, centre: Vector): number {
  let sum = 0;
  for (const [stem, weight] of vector) sum += weight * ((centre.get(stem) ?? 0) - weight);
  return sum;
}
