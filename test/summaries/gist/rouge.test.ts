import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { publishedRouge } from '../../../bench/gists/published-rouge.ts';
import { rouge, rougeWords } from '../../../bench/gists/rouge.ts';

const text = fc
  .array(fc.constantFrom('storms', 'storm', 'learn', 'learning', 'the', 'a', 'Lantern', 'we', '2.5', 'b.'), {
    maxLength: 12,
  })
  .map((words) => words.join(' '));

it('measures what the published implementation measures', () => {
  fc.assert(
    fc.property(text, text, (candidate, reference) => {
      const own = rouge(rougeWords(candidate), rougeWords(reference));
      publishedRouge(candidate, reference).forEach((value, at) => expect(own[at]).toBeCloseTo(value, 10));
    }),
  );
});

it('gives the figures of rouge-score for its own example', () => {
  const words = (text: string) => rougeWords(text);
  const figures = rouge(
    words('The quick brown dog jumps on the log.'),
    words('The quick brown fox jumps over the lazy dog'),
  );
  expect(figures.map((figure) => figure.toFixed(3))).toEqual(['0.706', '0.267', '0.588']);
});
