import fc from 'fast-check';
import type { Paper } from '../../src/core/paper.ts';
import { facts } from './archive.ts';

/** Few words, so that queries and papers often meet; among them inflections, compounds, accents and stopwords. */
const WORDS = [
  'graph',
  'graphs',
  'Graph-RAG',
  'GraphRAG',
  'rag',
  'data',
  'set',
  'dataset',
  'data-set',
  'the',
  'of',
  'Müller',
];
const MORE = [
  'training',
  'train',
  'pre-training',
  'pretraining',
  'pre',
  'GPT-4',
  'gpt4',
  'sensible',
  'sensibility',
  'U.S.',
  '数据',
];
const word = fc.constantFrom(...WORDS, ...MORE);

const text = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', ', ', '. ', '-')), { maxLength: 12 })
  .map((pairs) => pairs.flat().join(''));
const names = fc.option(
  fc.array(
    text.filter((name) => name.trim() !== ''),
    { maxLength: 3 },
  ),
  { nil: null },
);
const count = fc.option(fc.integer({ min: 0, max: 9 }), { nil: null });

export const somePaper: fc.Arbitrary<Paper> = fc
  .record({
    id: fc.integer({ min: 1, max: 1_000_000 }),
    title: text,
    abstract: fc.option(
      fc.tuple(text, fc.constantFrom('', ' github.com/a/b')).map((parts) => parts.join('')),
      { nil: null },
    ),
    authors: names,
    keywords: names,
    organization: fc.option(fc.record({ handle: fc.option(word, { nil: null }), name: text }), { nil: null }),
    publishedOn: fc.constantFrom(null, '2024-12-31', '2025-01-01', '2025-01-31', '2025-02-01'),
    comments: count,
    upvotes: count,
  })
  .map(({ id, ...known }) => ({ ...facts(known), id, appearances: [] }));

const field = fc.constantFrom('', '', '', 'title:', 'abstract:', 'keyword:', 'author:', 'org:');
const filter = fc.constantFrom('since:2025', 'until:2025-01', 'comments:>3', 'votes:<=2', 'votes:4', 'has:code');
const term = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(field, word).map((parts) => parts.join('')) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(field, fc.array(word, { minLength: 1, maxLength: 3 }))
      .map(([name, words]) => `${name}"${words.join(' ')}"`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(field, word, fc.integer({ min: 2, max: 8 }))
      .map(([name, whole, length]) => `${name}${whole.slice(0, length)}*`),
  },
  { weight: 1, arbitrary: filter },
);

export const someQuery: fc.Arbitrary<string> = fc.letrec<{ query: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    term,
    fc.oneof(
      term,
      term.map((one) => `-${one}`),
    ),
    tie('query').map((query) => `(${query})`),
    tie('query').map((query) => `-(${query})`),
  ),
  query: fc
    .array(fc.tuple(tie('operand'), fc.constantFrom(' ', ' ', ' ', ' OR ')), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.flat().slice(0, -1).join('')),
})).query;
