import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnalysedPaper } from '../../../src/search/analysed-paper.ts';
import { FrozenSegment, freeze } from '../../../src/search/index/frozen-segment.ts';
import { GrowingSegment } from '../../../src/search/index/growing-segment.ts';
import type { Segment } from '../../../src/search/index/segment.ts';
import { presentSlots, select } from '../../../src/search/index/select.ts';
import { atOnce, Pace } from '../../../src/search/index/steps.ts';
import { matches } from '../../../src/search/matches.ts';
import { parseQuery } from '../../../src/search/query/parse.ts';
import { somePaper, someQuery } from '../generated.ts';

describe('select', () => {
  it('finds through the postings just the papers that match, in growing and in frozen segments', () => {
    const papers = fc.uniqueArray(somePaper, { selector: ({ id }) => id, minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(papers, someQuery, (papers, query) => {
        const { node } = parseQuery(query);
        fc.pre(node !== null);
        const growing = new GrowingSegment();
        for (const paper of papers) growing.add(paper);
        const wanted = papers.flatMap((paper, slot) => (matches(node, new AnalysedPaper(paper)) ? [slot] : []));
        const found = (segment: Segment) => [...atOnce(select(segment, node, presentSlots(segment), new Pace()))];
        expect(found(growing)).toEqual(wanted);
        expect(found(new FrozenSegment(freeze(growing)))).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });
});
