import { constraintsOf } from '../query/constraints.ts';
import type { Node } from '../query/node.ts';
import { type Terms, termsOf } from '../query/terms.ts';
import type { Sort } from '../result.ts';
import { best, bestOf, type Scored } from './best.ts';
import { addScores, type WeightedStem } from './bm25.ts';
import { countNear, MOST_CLOSE, nearest } from './near.ts';
import { type Place, Pool } from './pool.ts';
import { EXAMPLES, type Found, learnsTopic, Relevance } from './relevance.ts';
import type { Segment } from './segment.ts';
import type { Slots } from './select.ts';
import { Statistics } from './statistics.ts';

/** A compound in one piece counts less than a word: its parts count too. */
const WHOLE_WEIGHT = 0.3;
const PREFIX_WEIGHT = 0.5;
const MOST_PREFIX_STEMS = 32;
/** Of close papers sorted by anything but relevance, only the most relevant are shown. */
const MOST_SORTED_CLOSE = 50;
/** Of a paper, so many stems say what it is about; so many papers are like it. */
const RELATED_STEMS = 40;
const MOST_RELATED = 50;
const NONE = new Int32Array(0);

export interface RankingOptions {
  /** How many papers are asked for, from the first. */
  count: number;
  sort: Sort;
  /** Prefers recent and discussed papers among equals. Default false. */
  gentle?: boolean;
  /** Looks for no close papers. Default false. */
  matchesOnly?: boolean;
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

  /** The ids of all papers that match, in no particular order. */
  matching(node: Node): Int32Array {
    return this.pool.select(node).map((slot) => this.pool.value('id', slot));
  }

  /** The matching papers that readers discuss most. */
  mostDiscussed(node: Node, count: number): Place[] {
    const matching = this.pool.select(node);
    return best(matching, this.keys(matching, 'discussed'), count).map(({ slot }) => this.pool.place(slot));
  }

  /** The best papers for a query; `text` is the query as typed. */
  rank(node: Node, text: string, options: RankingOptions): Ranking {
    const { count, sort, gentle = false, matchesOnly = false } = options;
    const terms = termsOf(node, ['title', 'abstract', 'keyword']);
    this.score(this.stems(terms));
    const matching = this.pool.select(node);
    const needsClose = !matchesOnly && (count > matching.length || (learnsTopic(terms) && matching.length < EXAMPLES));
    const scores = matchesOnly ? this.scores : this.allowed(node);
    const near = needsClose ? nearest(scores, matching) : NONE;
    const nearby = () => (needsClose ? Math.min(MOST_CLOSE, near.length) : countNear(scores, matching));
    const found: Found = { terms, text, matching, near };
    const hasTerms = terms.words.length + terms.prefixes.size > 0;
    const { matches, close } =
      sort === 'relevance' && hasTerms
        ? this.relevance.order(found, count, gentle)
        : this.sorted(found, sort === 'discussed' ? 'discussed' : 'newest', count);
    return {
      matches: matching.length,
      total: matching.length + (matchesOnly ? 0 : nearby()),
      papers: [...matches.map(this.asMatch), ...close.slice(0, MOST_CLOSE).map(this.asClose)].slice(0, count),
    };
  }

  /** The papers most like the one at `slot` of the segment with this `index`. */
  related(paper: Place, { count, sort }: RankingOptions): Ranking {
    const topic = this.relevance.topic([{ ...paper, share: 1 }], RELATED_STEMS);
    this.score(topic.map(({ stem, share }) => ({ stem, weight: share * this.weight(stem) })));
    const own = this.pool.slotAt(paper);
    const others = this.pool.present().filter((slot) => this.scores[slot]! > 0 && slot !== own);
    const like = best(others, this.scores, MOST_RELATED);
    const ordered = sort === 'relevance' ? like : this.reordered(like, sort);
    return { matches: like.length, total: like.length, papers: ordered.slice(0, count).map(this.asMatch) };
  }

  private weight(stem: string): number {
    return this.statistics.weight(this.statistics.frequency(stem));
  }

  private score(stems: WeightedStem[]): void {
    this.scores.fill(0);
    this.pool.eachPart(this.scores, (segment, part) => addScores(segment, stems, this.statistics, part));
    for (const slot of this.pool.gone) this.scores[slot] = 0;
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
      const frequent = bestOf([...numbers], (stem) => segment.frequency(stem), MOST_PREFIX_STEMS);
      return frequent.map((stem) => segment.stems.wordAt(stem));
    });
    return new Set(stems);
  }

  /** The scores of papers that hold all that is not a matter of words; 0 for all others. */
  private allowed(node: Node): Float32Array {
    const constraints = constraintsOf(node);
    if (!constraints) return this.scores;
    const scores = new Float32Array(this.scores.length);
    for (const slot of this.pool.select(constraints)) scores[slot] = this.scores[slot]!;
    return scores;
  }

  private sorted({ matching, near }: Found, sort: Exclude<Sort, 'relevance'>, count: number) {
    const first = best(matching, this.keys(matching, sort), count);
    const matches = first.map(({ slot }) => ({ slot, score: this.scores[slot]! }));
    const close = this.reordered(best(near, this.scores, MOST_SORTED_CLOSE), sort);
    return { matches, close };
  }

  private reordered(papers: Scored[], sort: Exclude<Sort, 'relevance'>): Scored[] {
    const key = this.key(sort);
    return [...papers].sort((a, b) => key(b.slot) - key(a.slot));
  }

  private keys(slots: Slots, sort: Exclude<Sort, 'relevance'>): Float64Array {
    const keys = new Float64Array(this.pool.size);
    const key = this.key(sort);
    for (const slot of slots) keys[slot] = key(slot);
    return keys;
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
