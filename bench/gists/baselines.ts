import { stemOf } from '../../src/search/text/stem.ts';
import { sentences } from '../../src/search/text/sentences.ts';
import { tokens } from '../../src/search/text/tokens.ts';

/** A way to make one sentence of an abstract. */
export type Summariser = (title: string, abstract: string) => string;

export const firstSentence: Summariser = (_title, abstract) => split(abstract)[0] ?? '';

export const title: Summariser = (title) => title;

const CUE =
  /\b(?:we|this (?:paper|work|study))\s+(?:\w+\s+)?(?:propos|present|introduc|develop|describ|show|demonstrat|stud|investigat)/i;

/** The first sentence in which the authors propose, present or show something, else the first. */
export const cuePhrases: Summariser = (_title, abstract) => {
  const all = split(abstract);
  return all.find((sentence) => CUE.test(sentence)) ?? all[0] ?? '';
};

const DAMPING = 0.85;
const ALIKE = 0.1;
const ROUNDS = 50;

/** The most central sentence by LexRank (Erkan and Radev, JAIR 2004): cosine of tf-isf above 0.1, damping 0.85. */
export const lexRank: Summariser = (_title, abstract) => {
  const all = split(abstract);
  const bags = weighted(all.map(stems));
  const links = bags.map((one) => bags.map((other) => Number(cosine(one, other) > ALIKE)));
  const degrees = links.map((row) => Math.max(1, sum(row)));
  let ranks = all.map(() => 1 / all.length);
  for (let round = 0; round < ROUNDS; round++) {
    ranks = ranks.map((_, at) => {
      const flow = sum(ranks.map((rank, from) => ((links[from]?.[at] ?? 0) * rank) / degrees[from]!));
      return (1 - DAMPING) / all.length + DAMPING * flow;
    });
  }
  return all[ranks.indexOf(Math.max(...ranks))] ?? '';
};

function split(abstract: string): string[] {
  return sentences(abstract).map(({ start, end }) => abstract.slice(start, end));
}

function stems(text: string): string[] {
  return tokens(text).map(({ word }) => stemOf(word));
}

function weighted(all: string[][]): Map<string, number>[] {
  const inverse = (stem: string) => Math.log(1 + all.length / all.filter((words) => words.includes(stem)).length);
  return all.map((words) => {
    const bag = new Map<string, number>();
    for (const word of words) bag.set(word, (bag.get(word) ?? 0) + inverse(word));
    return bag;
  });
}

function cosine(one: Map<string, number>, other: Map<string, number>): number {
  const dot = sum([...one].map(([stem, weight]) => weight * (other.get(stem) ?? 0)));
  const length = (bag: Map<string, number>) => Math.hypot(...bag.values());
  return dot / (length(one) * length(other) || 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
