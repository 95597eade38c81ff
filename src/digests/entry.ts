import type { Entry, PaperFacts } from '../core/paper.ts';

/** An entry of which only these facts are known. */
export function entryOf(line: number, facts: Partial<PaperFacts> & { title: string }): Omit<Entry, 'position'> {
  return {
    abstract: null,
    authors: null,
    authorCount: null,
    organization: null,
    publishedOn: null,
    comments: null,
    upvotes: null,
    keywords: null,
    arxivId: null,
    externalId: null,
    url: null,
    ...facts,
    line,
  };
}
