import { FEATURES } from '../../src/summaries/gist/features.ts';

/** The source of `src/summaries/gist/weights.ts` with these weights. */
export function weightsFile(weights: readonly number[]): string {
  const lines = FEATURES.map(
    (name, index) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: ${rounded(weights[index]!)},`,
  );
  return [
    "import type { FeatureName } from './features.ts';",
    '',
    '/** What each feature adds to the score of a candidate. Made by `npm run train:gist`; not to be edited. */',
    'export const WEIGHTS: Readonly<Record<FeatureName, number>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

/** Few enough digits that another machine's logarithms and roots make no difference. */
function rounded(weight: number): string {
  return String(Number(weight.toFixed(4)));
}
