import type { Paper } from '../core/paper.ts';
import { AnalysedPaper } from '../search/analysed-paper.ts';
import { parseQuery } from '../search/query/parse.ts';
import { why } from '../search/why.ts';
import { findPapers } from '../store/papers.ts';
import type { Hindsight } from './lately.ts';
import { type Marks, marksOf, weightAmong } from './marks.ts';

/** A paper that a query matches, with what of it matched. */
export interface Caught extends Marks {
  paper: Paper;
  /** The parts of the query that it holds, as a reader would type them. */
  found: string[];
}

/** Papers with what a query finds in them, in the order of `ids`. */
export async function caughtBy(query: string, ids: readonly number[], { db, search }: Hindsight): Promise<Caught[]> {
  const { node } = parseQuery(query);
  const weight = weightAmong(search.size, (stem) => search.frequency([stem]));
  return (await findPapers(db, ids)).map((paper) => {
    const analysed = new AnalysedPaper(paper);
    const found = node ? why(node, analysed).found : [];
    return { paper, ...marksOf(analysed, node ? [node] : [], weight), found };
  });
}
