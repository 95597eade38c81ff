import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_QUERY } from '../../../src/search/query/limits.ts';
import { parseQuery, plainQuery } from '../../../src/search/query/parse.ts';
import { show } from './show.ts';

const understood = (query: string) => show(parseQuery(query).node);

describe('parseQuery', () => {
  it.each([
    ['graph networks', '(graph networks)'],
    ['"graph networks" -survey', '("graph networks" -survey)'],
    ['“graph networks”', '"graph networks"'],
    ['diffusion OR flow matching', '(diffusion | (flow matching))'],
    ['(diffusion OR flow) audio', '((diffusion | flow) audio)'],
    ['-(a1 OR b2) c3', '(-(a1 | b2) c3)'],
    ['transf*', 'transf*'],
    ['GraphRA*', 'graphra*'],
    ['数据*', '(数 据)'],
    ['title:"exact words" title:transf* abstract:loss', '(title:"exact words" title:transf* abstract:loss)'],
    ['author:hinton org:"google research" keyword:graphs', '(author:"hinton" org:"google research" keyword:graphs)'],
    ['since:2025-01 until:2025', '(2025-01-01.. ..2025-12-31)'],
    ['comments:>5 votes:>=20 votes:<30 has:code', '(comments 6.. votes 20.. votes 0..29 code)'],
    ['GPT-4', '(gpt4 | ~"gpt 4")'],
    ['Title:graphs', 'title:graphs'],
    ['the graph of networks', '(graph networks)'],
    ['to be or not to be', '(to be or not to be)'],
    ['the "graph networks"', '"graph networks"'],
  ])('understands %s', (query, expected) => {
    expect(understood(query)).toBe(expected);
    expect(parseQuery(query).faults).toEqual([]);
  });

  it.each([
    ['BERT: Pre-training of Language Models', '(bert (pretraining | ~"pre training") language models)'],
    ['Retrieval (RAG)-based answers', '(retrieval rag based answers)'],
    ['speed - accuracy', '(speed accuracy)'],
    ['a gain of -5 dB', '(gain 5 db)'],
    ['f(x) convex', '(f x convex)'],
    ['A* search', 'search'],
    ['Everything "new": a survey', '(everything "new" survey)'],
    ['ATTENTION OR NOT', 'attention'],
  ])('takes pasted text as words: %s', (query, expected) => {
    expect(understood(query)).toBe(expected);
    expect(parseQuery(query).faults).toEqual([]);
  });

  it.each([
    ['graph "networks', 6, 'a closing quote after the words', '(graph networks)'],
    ['graph (networks', 6, 'a closing bracket after this one', '(graph networks)'],
    ['graph) networks', 5, 'an opening bracket before this one', '(graph networks)'],
    ['graph OR', 6, 'words on both sides of OR', 'graph'],
    ['graph since:soon', 12, 'a day like 2025-01-31, a month like 2025-01 or a year', '(graph soon)'],
    ['graph votes:lots', 12, 'a number, as in votes:>20', '(graph (votes lots))'],
    ['graph has:video', 10, 'the word code, as in has:code', '(graph video)'],
    ['graph ""', 6, 'words between the quotes', 'graph'],
    ['-graph', 0, 'a word to look for besides those to leave out', 'graph'],
  ])('says what was expected in %s, and searches its words', (query, at, expected, words) => {
    expect(parseQuery(query).faults).toEqual([{ at, expected }]);
    expect(understood(query)).toBe(words);
  });

  it('takes the same text as words only, when asked', () => {
    expect(show(plainQuery('graph -"neural nets" OR title:foo').node)).toBe('(graph neural nets title foo)');
  });

  it('bounds length and nesting', () => {
    const nested = `${'('.repeat(5000)}graph${')'.repeat(5000)}`;
    expect(understood(nested)).toBe('graph');
    const { faults } = parseQuery('word '.repeat(100_000));
    expect(faults).toEqual([
      { at: LONGEST_QUERY, expected: `at most ${LONGEST_QUERY} characters` },
      { at: 500_000, expected: 'at most 300 words' },
    ]);
    const prefixes = Array.from({ length: 9 }, (_, number) => `ab${number}*`).join(' ');
    expect(understood(prefixes)).toBe('(ab0* ab1* ab2* ab3*)');
  });

  it('never throws, and puts every fault inside the query', () => {
    const piece = fc.constantFrom(
      'graph',
      'OR',
      '(',
      ')',
      '-',
      '"',
      '*',
      'title:',
      'since:2025',
      'votes:>',
      ' ',
      ':',
      '2',
      'é',
      '“',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (query) => {
          for (const { at } of parseQuery(query).faults) expect(at).toBeLessThanOrEqual(query.length);
        },
      ),
    );
  });
});
