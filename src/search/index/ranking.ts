import { constraintsOf } from '../query/constraints.ts';
import type { Node } from '../query/node.ts';
import { type Terms, termsOf } from '../query/terms.ts';
import type { Sort } from '../result.ts';
import { best, type Scored } from './best.ts';
import { addScores, type WeightedStem } from './bm25.ts';
import { Pool } from './pool.ts';
import { type Found, Relevance } from './relevance.ts';
import type { Segment } from './segment.ts';
import type { Slots } from './select.ts';
import { Statistics } from './statistics.ts';

/** A compound in one piece counts less than a word: its parts count too. */
const WHOLE_WEIGHT = 0.3;
const PREFIX_WEIGHT = 0.5;
const MOST_PREFIX_STEMS = 32;
/** Close papers reach this share of the best score; there are at most `MOST_CLOSE`. */
const CLOSE_SHARE = 0.15;
const MOST_CLOSE = 1000;
/** Of close papers sorted by anything but relevance, only the most relevant are shown. */
const MOST_SORTED_CLOSE = 50;
/** Of a paper, so many stems say what it is about; so many papers are like it. */
const RELATED_STEMS = 40;
const MOST_RELATED = 50;

export interface RankingOptions {
  /** How many papers are asked for, from the first. */
  count: number;
  sort: Sort;
  /** Prefers recent and discussed papers among equals. */
  gentle: boolean;
}

export interface RankedPaper {
  id: number;
  score: number;
  close: boolean;
}

export interface Ranking {
  /** How many papers match. */
  matches: number;
  /** Matches and close papers. */
  total: number;
  /** The best, matches first. */
  papers: RankedPaper[];
}

/** Puts papers in order. Made for the segments as they are; a change of their papers needs another one. */
export class Ranker {
  readonly statistics: Statistics;
  private readonly pool: Pool;
  private readonly scores: Float32Array;
  private readonly relevance: Relevance;

  constructor(segments: readonly Segment[]) {
    this.pool = new Pool(segments);
    this.statistics = new Statistics(segments);
    this.scores = new Float32Array(this.pool.size);
    this.relevance = new Relevance(this.pool, this.statistics, this.scores);
  }

  /** How many papers match. */
  count(node: Node): number {
    return this.pool.select(node).length;
  }

  /** The matching papers that readers discuss most. */
  mostDiscussed(node: Node, count: number): { index: number; slot: number }[] {
    return best(this.pool.select(node), this.key('discussed'), count).map(({ slot }) => this.pool.place(slot));
  }

  /** The best papers for a query; `text` is the query as typed. */
  rank(node: Node, text: string, { count, sort, gentle }: RankingOptions): Ranking {
    const terms = termsOf(node, ['title', 'abstract', 'keyword']);
    this.score(this.stems(terms));
    const matching = this.pool.select(node);
    const near = this.near(node, matching);
    const found: Found = { terms, text, matching, near };
    const hasTerms = terms.words.length + terms.prefixes.size > 0;
    const { matches, close } =
      sort === 'relevance' && hasTerms
        ? this.relevance.order(found, count, gentle)
        : this.sorted(found, sort === 'discussed' ? 'discussed' : 'newest', count);
    return {
      matches: matching.length,
      total: matching.length + Math.min(MOST_CLOSE, near.length),
      papers: [...matches.map(this.asMatch), ...close.slice(0, MOST_CLOSE).map(this.asClose)].slice(0, count),
    };
  }

  /** The papers most like the one at `slot` of the segment with this `index`. */
  related(paper: { index: number; slot: number }, { count, sort }: RankingOptions): Ranking {
    const topic = this.relevance.topic([{ ...paper, share: 1 }], RELATED_STEMS);
    this.score(topic.map(({ stem, share }) => ({ stem, weight: share * this.weight(stem) })));
    const own = this.pool.slotAt(paper);
    const others = this.pool.present().filter((slot) => this.scores[slot]! > 0 && slot !== own);
    const like = best(others, (slot) => this.scores[slot]!, MOST_RELATED);
    const ordered = sort === 'relevance' ? like : this.reordered(like, sort);
    return { matches: like.length, total: like.length, papers: ordered.slice(0, count).map(this.asMatch) };
  }

  private weight(stem: string): number {
    return this.statistics.weight(this.statistics.frequency(stem));
  }

  private score(stems: WeightedStem[]): void {
    this.scores.fill(0);
    this.pool.eachPart(this.scores, (segment, part) => addScores(segment, stems, this.statistics, part));
  }

  private stems({ words, wholes, prefixes }: Terms): WeightedStem[] {
    const shares = new Map<string, number>();
    const add = (stem: string, share: number) => shares.set(stem, (shares.get(stem) ?? 0) + share);
    for (const { stem } of words) add(stem, 1);
    for (const stem of wholes) add(stem, WHOLE_WEIGHT);
    for (const prefix of prefixes) for (const stem of this.stemsWithPrefix(prefix)) add(stem, PREFIX_WEIGHT);
    return [...shares].map(([stem, share]) => ({ stem, weight: share * this.weight(stem) }));
  }

  /** The stems of the most frequent words with a prefix. */
  private stemsWithPrefix(prefix: string): Set<string> {
    const stems = this.pool.segments.flatMap((segment) => {
      const numbers = new Set(segment.words.withPrefix(prefix).map((word) => segment.stemOfWord(word)));
      const frequent = best(numbers, (stem) => segment.frequency(stem), MOST_PREFIX_STEMS);
      return frequent.map(({ slot }) => segment.stems.wordAt(slot));
    });
    return new Set(stems);
  }

  /** Papers that do not match, but hold enough of the words, and all that is not a matter of words. */
  private near(node: Node, matching: Slots): Slots {
    const constraints = constraintsOf(node);
    const allowed = constraints ? this.pool.select(constraints) : this.pool.present();
    const { scores } = this;
    let highest = 0;
    for (const slot of allowed) highest = Math.max(highest, scores[slot]!);
    const least = highest * CLOSE_SHARE;
    const near = new Int32Array(allowed.length);
    let count = 0;
    let next = 0;
    for (const slot of allowed) {
      while (next < matching.length && matching[next]! < slot) next += 1;
      if (matching[next] !== slot && scores[slot]! > least) near[count++] = slot;
    }
    return near.subarray(0, count);
  }

  private sorted({ matching, near }: Found, sort: Exclude<Sort, 'relevance'>, count: number) {
    const scoreOf = (slot: number) => this.scores[slot]!;
    const matches = best(matching, this.key(sort), count).map(({ slot }) => ({ slot, score: scoreOf(slot) }));
    const close = count > matching.length ? this.reordered(best(near, scoreOf, MOST_SORTED_CLOSE), sort) : [];
    return { matches, close };
  }

  private reordered(papers: Scored[], sort: Exclude<Sort, 'relevance'>): Scored[] {
    const key = this.key(sort);
    return [...papers].sort((a, b) => key(b.slot) - key(a.slot));
  }

  private key(sort: Exclude<Sort, 'relevance'>): (slot: number) => number {
    if (sort === 'newest') return (slot) => this.pool.value('day', slot);
    return (slot) => this.pool.value('comments', slot) * 1e6 + this.pool.value('votes', slot);
  }

  private readonly asMatch = ({ slot, score }: Scored): RankedPaper => ({
    id: this.pool.value('id', slot),
    score,
    close: false,
  });

  private readonly asClose = ({ slot, score }: Scored): RankedPaper => ({
    id: this.pool.value('id', slot),
    score,
    close: true,
  });
}
