import { matches } from '../search/matches.ts';
import type { Node } from '../search/query/node.ts';
import { parseQuery } from '../search/query/parse.ts';
import type { AnalysedPaper } from '../search/analysed-paper.ts';
import type { Topic } from '../store/topics.ts';

/** Beyond so many, memory starts afresh. */
const KEPT = 20_000;

/** The queries of topics as understood, each read once. */
export class Queries {
  private readonly nodes = new Map<string, Node | null>();

  /** `null` for a query that asks nothing. */
  of({ query }: Pick<Topic, 'query'>): Node | null {
    let node = this.nodes.get(query);
    if (node === undefined) {
      if (this.nodes.size >= KEPT) this.nodes.clear();
      node = parseQuery(query).node;
      this.nodes.set(query, node);
    }
    return node;
  }

  match(topic: Pick<Topic, 'query'>, paper: AnalysedPaper): boolean {
    const node = this.of(topic);
    return node !== null && matches(node, paper);
  }
}
