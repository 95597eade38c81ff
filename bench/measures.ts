import type { LabelledSet } from './sets.ts';

/** Of each query that has relevant documents: nDCG@10, with the labels as gain, and recall@100. */
export interface Measured {
  ndcg: number[];
  recall: number[];
}

/** Runs every query of a set; `search` gives at least 100 document ids, best first, where there are so many. */
export function measure(set: LabelledSet, search: (text: string) => string[]): Measured {
  const measured: Measured = { ndcg: [], recall: [] };
  for (const { id, text } of set.queries) {
    const relevance = set.relevance.get(id);
    if (!relevance) continue;
    const found = search(text);
    const gains = found.map((document) => relevance.get(document) ?? 0);
    const ideal = [...relevance.values()].sort((a, b) => b - a);
    measured.ndcg.push(discounted(gains) / discounted(ideal));
    measured.recall.push(gains.slice(0, 100).filter((gain) => gain > 0).length / relevance.size);
  }
  return measured;
}

function discounted(gains: number[]): number {
  return gains.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}

export function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

const ROUNDS = 10_000;

/**
 * How likely a difference at least as great would be if which engine gave which result were chance: Fisher's paired
 * randomisation test, two-sided, by `ROUNDS` random sign changes (Smucker, Allan and Carterette, CIKM 2007).
 */
export function significance(one: number[], other: number[]): number {
  const differences = one.map((value, index) => value - (other[index] ?? 0));
  const seen = Math.abs(mean(differences));
  const random = generator(42);
  let atLeast = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    for (const difference of differences) sum += random() < 0.5 ? difference : -difference;
    if (Math.abs(sum) / differences.length >= seen - 1e-12) atLeast += 1;
  }
  return atLeast / ROUNDS;
}

/** Numbers from 0 to 1 that look random, always the same ones (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
