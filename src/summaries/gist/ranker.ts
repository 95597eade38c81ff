import { FEATURES } from './features.ts';
import { WEIGHTS } from './weights.ts';

const weights = FEATURES.map((name) => WEIGHTS[name]);

/** How good a gist a candidate would make, by its features; only differences within one abstract mean anything. */
export function scoreOf(features: readonly number[]): number {
  let score = 0;
  for (let at = 0; at < weights.length; at++) score += weights[at]! * features[at]!;
  return score;
}
