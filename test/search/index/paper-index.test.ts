import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/core/paper.ts';
import { FrozenSegment, freeze } from '../../../src/search/index/frozen-segment.ts';
import { GrowingSegment } from '../../../src/search/index/growing-segment.ts';
import { PaperIndex } from '../../../src/search/index/paper-index.ts';
import { atOnce } from '../../../src/search/index/steps.ts';
import { parseQuery } from '../../../src/search/query/parse.ts';
import { somePaper, someQuery } from '../generated.ts';

/** Papers with few ids, so that some come again, changed. */
const somePapers = fc.array(
  fc.tuple(somePaper, fc.integer({ min: 1, max: 9 })).map(([paper, id]) => ({ ...paper, id })),
  { maxLength: 14 },
);

function indexOf(papers: Paper[]): PaperIndex {
  const segment = new GrowingSegment();
  for (const paper of papers) segment.add(paper);
  return new PaperIndex(new FrozenSegment(freeze(segment)));
}

describe('PaperIndex', () => {
  it('finds the same papers after any changes as when it is built anew', () => {
    fc.assert(
      fc.property(
        somePapers,
        somePapers,
        fc.array(fc.integer({ min: 1, max: 9 })),
        someQuery,
        (first, later, removed, query) => {
          const now = new Map(first.map((paper) => [paper.id, paper]));
          const index = indexOf([...now.values()]);
          for (const paper of later) {
            index.put(paper);
            now.set(paper.id, paper);
          }
          for (const id of removed) {
            index.remove(id);
            now.delete(id);
          }
          const anew = indexOf([...now.values()]);
          const { node } = parseQuery(query);
          fc.pre(node !== null);
          const matching = (each: PaperIndex) => {
            const { matches, papers } = atOnce(each.ranker().rank(node, query, { count: 99, sort: 'relevance' }));
            const ids = papers.flatMap(({ id, close }) => (close ? [] : [id]));
            expect(ids).toHaveLength(matches);
            return new Set(ids);
          };
          expect(matching(index)).toEqual(matching(anew));
          expect(index.size).toBe(now.size);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('ranks every match above every close paper, best first', () => {
    fc.assert(
      fc.property(somePapers, someQuery, (papers, query) => {
        const index = indexOf([...new Map(papers.map((paper) => [paper.id, paper])).values()]);
        const { node } = parseQuery(query);
        fc.pre(node !== null);
        const ranked = atOnce(index.ranker().rank(node, query, { count: 99, sort: 'relevance' })).papers;
        const places = ranked.map(({ close }) => Number(close));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const scores = ranked.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 250 },
    );
  });
});
