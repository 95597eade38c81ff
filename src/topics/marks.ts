import type { AnalysedPaper } from '../search/analysed-paper.ts';
import type { Node } from '../search/query/node.ts';
import type { Span } from '../search/result.ts';
import { markedText, snippetOf, type Weight, wantedIn } from '../search/snippet.ts';

/** What of a paper matched, for people. */
export interface Marks {
  /** The title with the matching words marked. */
  titleSpans: Span[];
  /** The sentence of the abstract that holds most of them, marked. */
  snippet: Span[];
}

/** Marks in a paper what all of these queries look for. */
export function marksOf(paper: AnalysedPaper, nodes: readonly Node[], weight: Weight): Marks {
  const { title, abstract } = paper.facts;
  const node: Node = { kind: 'and', nodes: [...nodes] };
  return {
    titleSpans: markedText(title, paper.texts('title')[0], wantedIn(node, 'title')),
    snippet: snippetOf(abstract ?? '', paper.texts('abstract')[0], wantedIn(node, 'abstract'), weight),
  };
}

/** How much a stem tells among `papers` papers: BM25's inverse document frequency. Looked up once. */
export function weightAmong(papers: number, frequency: (stem: string) => number): Weight {
  const weights = new Map<string, number>();
  return (stem) => {
    let weight = weights.get(stem);
    if (weight === undefined) {
      const count = Math.min(papers, frequency(stem));
      weight = Math.log(1 + (papers - count + 0.5) / (count + 0.5));
      weights.set(stem, weight);
    }
    return weight;
  };
}
