import { describe, expect, it } from 'vitest';
import { GrowingSegment } from '../../../src/search/index/growing-segment.ts';
import { Ranker, type Ranking } from '../../../src/search/index/ranking.ts';
import { parseQuery } from '../../../src/search/query/parse.ts';
import { facts } from '../archive.ts';

const PAPERS = 12_000;
/** Far above what a step takes, which is a few milliseconds: the machine may be busy. */
const GENEROUS = 500;

describe('steps of a search', () => {
  const segment = new GrowingSegment();
  for (let id = 1; id <= PAPERS; id++) {
    const abstract = `Of the general kind, in the manner of the generated ones. Paper ${id}.`;
    segment.add({ ...facts({ title: `On the generality of the number ${id}`, abstract }), id, appearances: [] });
  }
  const ranker = new Ranker([segment]);

  it.each(['"of the"', 'general*', '"of the" OR "in the" OR "on the" OR "the manner"', '-"the special" gener*'])(
    'are short and many for %s, which is all over the archive',
    (query) => {
      const { node } = parseQuery(query);
      if (!node) throw new Error('not a query');
      const steps = ranker.rank(node, query, { count: 10, sort: 'relevance' });
      let count = 0;
      let ranking: Ranking | null = null;
      while (!ranking) {
        const start = performance.now();
        const { done, value } = steps.next();
        expect(performance.now() - start).toBeLessThan(GENEROUS);
        count += 1;
        if (done) ranking = value;
      }
      expect(count).toBeGreaterThan(1);
      expect(ranking.papers).toHaveLength(10);
    },
  );

  it('of several searches may come in any order', () => {
    const rank = (query: string) => {
      const { node } = parseQuery(query);
      if (!node) throw new Error('not a query');
      return ranker.rank(node, query, { count: 3, sort: 'relevance' });
    };
    const queries = ['"of the" 77', 'general* 78', '"in the manner" 79'];
    const alone = queries.map((query) => {
      const steps = rank(query);
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
      }
    });
    const together: (Ranking | null)[] = queries.map(() => null);
    const all = queries.map(rank);
    while (together.includes(null)) {
      for (const [index, steps] of all.entries()) {
        if (together[index]) continue;
        const { done, value } = steps.next();
        if (done) together[index] = value;
      }
    }
    expect(together).toEqual(alone);
  });
});
