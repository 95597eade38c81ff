import { describe, expect, it } from 'vitest';
import { termChoices, termsIn } from '../../commands/trends/terms.ts';
import type { Suggestion } from '../../src/search/result.ts';

describe('termsIn', () => {
  it.each([
    ['', []],
    [' , ,', []],
    ['diffusion', ['diffusion']],
    ['diffusion, "world models" , org:a', ['diffusion', '"world models"', 'org:a']],
    ['"red, green and blue", owls', ['"red, green and blue"', 'owls']],
    ['(owls, cats) robots, “red, green”', ['(owls, cats) robots', '“red, green”']],
    ['owls, owls', ['owls']],
  ])('reads %j', (text, terms) => {
    expect(termsIn(text).map(({ query }) => query)).toEqual(terms);
  });

  it('names phrases without their quotes', () => {
    expect(termsIn('"world models", a OR b').map(({ name }) => name)).toEqual(['world models', 'a OR b']);
  });

  it('says how many there may be', () => {
    expect(() => termsIn('a, b, c, d, e, f')).toThrow('up to 5 terms, and these are 6');
  });
});

describe('termChoices', () => {
  const found: Suggestion[] = [
    { kind: 'phrase', text: 'protein folding', paperId: null },
    { kind: 'title', text: 'Protein Folds', paperId: 1 },
  ];
  const search = { suggest: () => found };
  const values = (typed: string) => termChoices(typed, search).map(({ value }) => value);

  it('offers phrases for the last of several terms, what is typed first', () => {
    expect(values('owls, protein f')).toEqual(['owls, protein f', 'owls, protein folding']);
    expect(values('owls, ')).toEqual([]);
  });

  it('offers nothing that is longer than Discord takes', () => {
    expect(values(`${'a'.repeat(90)}, protein f`)).toEqual([]);
  });
});
