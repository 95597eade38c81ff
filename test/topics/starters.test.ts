import { describe, expect, it } from 'vitest';
import { readAbstracts } from '../../bench/sets.ts';
import { AnalysedPaper } from '../../src/search/analysed-paper.ts';
import { matches } from '../../src/search/matches.ts';
import { parseQuery } from '../../src/search/query/parse.ts';
import { STARTERS } from '../../src/topics/starters.ts';
import { facts } from '../search/archive.ts';

/** Every so many abstracts are looked at. */
const STEP = 20;

describe('starters', () => {
  it('are understood as written, each under a key and a name of its own', () => {
    for (const { query } of STARTERS) expect(parseQuery(query)).toMatchObject({ faults: [], node: expect.anything() });
    expect(new Set(STARTERS.map(({ key }) => key)).size).toBe(STARTERS.length);
    expect(new Set(STARTERS.map(({ name }) => name)).size).toBe(STARTERS.length);
  });

  const documents = readAbstracts();
  it.skipIf(!documents)(
    'find something in real abstracts, and not more than one in twenty (needs ../shared/ir/ml)',
    () => {
      const sample = (documents ?? []).filter((_, index) => index % STEP === 0);
      const papers = sample.map(({ title, abstract }) => new AnalysedPaper(facts({ title, abstract })));
      for (const { key, query } of STARTERS) {
        const { node } = parseQuery(query);
        const found = papers.filter((paper) => node && matches(node, paper)).length;
        expect(found, key).toBeGreaterThan(0);
        expect(found / papers.length, key).toBeLessThan(0.05);
      }
    },
    60_000,
  );
});
