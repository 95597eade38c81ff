import type { Paper } from '../core/paper.ts';
import type { Weight } from '../search/snippet.ts';
import { type Marks, marksOf } from './marks.ts';
import type { PapersAtHand } from './papers-at-hand.ts';
import type { Queries } from './queries.ts';

/** Beyond so many, memory starts afresh; each takes one or two kilobytes. */
const KEPT = 20_000;

/** Marks in papers, each made once: many readers look for the same. */
export class MarksAtHand {
  private readonly papers: PapersAtHand;
  private readonly queries: Queries;
  private readonly weight: Weight;
  private readonly marks = new Map<string, Marks>();

  constructor(papers: PapersAtHand, queries: Queries, weight: Weight) {
    this.papers = papers;
    this.queries = queries;
    this.weight = weight;
  }

  /** What these queries find in a paper; the same object where it is asked for again. */
  of(paper: Paper, queries: readonly string[]): Marks {
    const asked = queries.length > 1 ? [...new Set(queries)].sort() : queries;
    const key = `${paper.id}\n${asked.join('\n')}`;
    const known = this.marks.get(key);
    if (known) return known;
    if (this.marks.size >= KEPT) this.marks.clear();
    const nodes = asked.flatMap((query) => this.queries.of({ query }) ?? []);
    const marks = marksOf(this.papers.words(paper), nodes, this.weight);
    this.marks.set(key, marks);
    return marks;
  }
}
