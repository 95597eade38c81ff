import { analyse, plainAbstract } from '../../src/summaries/gist/abstract.ts';
import { candidatesOf } from '../../src/summaries/gist/candidates.ts';
import { FEATURES, featuresOf } from '../../src/summaries/gist/features.ts';
import { shownPart } from '../../src/summaries/gist/shown.ts';
import { generator } from '../measures.ts';
import { againstBest, rouge, type Rouge, rougeWords } from './rouge.ts';
import type { Labelled } from './scitldr.ts';

/** One candidate: its features, and how good a gist it is. */
export interface Graded {
  features: number[];
  rouge: Rouge;
  /** The mean of its three ROUGE figures. */
  worth: number;
}

/** Of each abstract its candidates, graded as they would be shown; abstracts without candidates are left out. */
export function gradeAll(labelled: readonly Labelled[]): Graded[][] {
  return labelled.map(graded).filter((candidates) => candidates.length > 0);
}

function graded({ title, abstract, references }: Labelled): Graded[] {
  const analysed = analyse(title, plainAbstract(abstract));
  const candidates = candidatesOf(analysed.text, analysed.sentences);
  const wanted = references.map(rougeWords);
  return featuresOf(analysed, candidates).map((features, index) => {
    const words = rougeWords(shownPart(analysed.text, candidates[index]!));
    const best = againstBest((reference) => rouge(words, wanted[reference]!), wanted.length);
    return { features, rouge: best, worth: (best[0] + best[1] + best[2]) / 3 };
  });
}

function dot(weights: readonly number[], features: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * features[index]!, 0);
}

/** The candidate that a ranker with these weights takes. */
export function chosen(weights: readonly number[], candidates: readonly Graded[]): Graded {
  const scores = candidates.map(({ features }) => dot(weights, features));
  return candidates[scores.indexOf(Math.max(...scores))]!;
}

// Chosen by cross-validation on the training part.
const EPOCHS = 10;
const BATCH = 16;
const STEP = 0.003;
const SHARPNESS = 10;
const DECAY = 1e-4;
const SEED = 1;

/**
 * Weights that make the expected worth of the candidate drawn by softmax greatest: Adam (https://arxiv.org/abs/1412.6980)
 * on features of unit deviation, in an order drawn from a fixed seed, so that the same abstracts give the same weights.
 */
export function train(abstracts: readonly Graded[][]): number[] {
  const deviations = deviationsOf(abstracts.flat());
  const scaled = abstracts.map((candidates) =>
    candidates.map(({ features, worth }) => ({
      features: Float64Array.from(features, (value, index) => value / deviations[index]!),
      worth,
    })),
  );
  const adam = adamOf(FEATURES.length);
  const random = generator(SEED);
  const order = scaled.map((_, index) => index);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH).map((index) => scaled[index]!);
      adam.step(gradientOf(adam.weights, batch), STEP * (1 - epoch / EPOCHS));
    }
  }
  return Array.from(adam.weights, (weight, index) => weight / deviations[index]!);
}

type Scaled = { features: Float64Array; worth: number }[];

/** Of the expected worth of a batch, and of the decay of weights; downhill. */
function gradientOf(weights: Float64Array, batch: readonly Scaled[]): Float64Array {
  const gradient = weights.map((weight) => weight * DECAY);
  for (const candidates of batch) {
    const chances = softmax(candidates.map(({ features }) => product(weights, features)));
    const expected = candidates.reduce((sum, { worth }, index) => sum + chances[index]! * worth, 0);
    for (const [index, { features, worth }] of candidates.entries()) {
      const pull = (SHARPNESS * chances[index]! * (expected - worth)) / batch.length;
      for (let at = 0; at < gradient.length; at++) gradient[at]! += pull * features[at]!;
    }
  }
  return gradient;
}

function product(weights: Float64Array, features: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * features[at]!;
  return sum;
}

function softmax(scores: number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function adamOf(size: number) {
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  let steps = 0;
  return {
    weights,
    step(gradient: Float64Array, rate: number) {
      steps += 1;
      for (let at = 0; at < size; at++) {
        mean[at] = 0.9 * mean[at]! + 0.1 * gradient[at]!;
        square[at] = 0.999 * square[at]! + 0.001 * gradient[at]! ** 2;
        const direction = mean[at]! / (1 - 0.9 ** steps);
        weights[at]! -= (rate * direction) / (Math.sqrt(square[at]! / (1 - 0.999 ** steps)) + 1e-8);
      }
    },
  };
}

function deviationsOf(candidates: readonly Graded[]): number[] {
  return FEATURES.map((_, at) => {
    const mean = candidates.reduce((sum, { features }) => sum + features[at]!, 0) / candidates.length;
    const variance = candidates.reduce((sum, { features }) => sum + (features[at]! - mean) ** 2, 0) / candidates.length;
    return Math.sqrt(variance) || 1;
  });
}

function shuffle(items: number[], random: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
}
