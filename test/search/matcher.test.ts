import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnalysedPaper } from '../../src/search/analysed-paper.ts';
import { createMatcher } from '../../src/search/matcher.ts';
import { matches } from '../../src/search/matches.ts';
import { parseQuery } from '../../src/search/query/parse.ts';
import { facts } from './archive.ts';
import { somePaper, someQuery } from './generated.ts';

describe('createMatcher', () => {
  it('wakes just the queries that would find the paper, whatever is thought rare', () => {
    const frequencies = fc.func(fc.integer({ min: 0, max: 1000 }));
    fc.assert(
      fc.property(fc.array(someQuery, { maxLength: 20 }), somePaper, frequencies, (queries, paper, frequency) => {
        const matcher = createMatcher<number>(frequency);
        queries.forEach((query, id) => matcher.add(id, query));
        const analysed = new AnalysedPaper(paper);
        const wanted = [...queries.keys()].filter((id) => {
          const { node } = parseQuery(queries[id] ?? '');
          return node !== null && matches(node, analysed);
        });
        expect(matcher.match(paper).sort((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('forgets a removed query, and keeps the latest of those with one id', () => {
    const matcher = createMatcher<string>(() => 1);
    matcher.add('a', 'graphs');
    matcher.add('b', 'trees OR graphs');
    matcher.add('c', '-trees graph');
    matcher.add('a', 'lattices');
    matcher.remove('c');
    expect(matcher.match(facts({ title: 'A graph' }))).toEqual(['b']);
    expect(matcher.size).toBe(2);
  });

  it('matches filters without words, and ignores a query that asks nothing', () => {
    const matcher = createMatcher<string>(() => 1);
    matcher.add('recent', 'since:2025');
    matcher.add('empty', '""');
    expect(matcher.match(facts({ title: 'A graph', publishedOn: '2025-03-01' }))).toEqual(['recent']);
    expect(matcher.match(facts({ title: 'A graph', publishedOn: null }))).toEqual([]);
  });
});
