import type { PaperFacts } from '../src/core/paper.ts';
import { facts } from '../test/search/archive.ts';
import type { Document } from './sets.ts';

/** Facts such as digests give of most papers, so that messages are as long as they are. */
export function paperOf({ title, abstract }: Document, index: number): PaperFacts {
  return facts({
    title,
    abstract,
    arxivId: `2506.${String(index).padStart(5, '0')}`,
    authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Emmy Noether'],
    publishedOn: '2025-06-01',
    upvotes: index % 40,
    comments: index % 7,
  });
}
