import { constraintsOf } from '../query/constraints.ts';
import type { Node } from '../query/node.ts';
import { type Terms, termsOf } from '../query/terms.ts';
import type { Sort } from '../result.ts';
import { BestOf, bestOf, type Scored } from './best.ts';
import { addScores, type WeightedStem } from './bm25.ts';
import { type Place, Pool } from './pool.ts';
import { EXAMPLES, type Found, learnsTopic, Relevance } from './relevance.ts';
import { bitsOf, type Required, requiredOf, withWords } from './required.ts';
import { MOST_CLOSE, type Scores } from './scores.ts';
import type { Segment } from './segment.ts';
import type { Slots } from './select.ts';
import { Statistics } from './statistics.ts';
import { atOnce, Pace, type Steps } from './steps.ts';
import { Workspace } from './workspace.ts';

/** A compound in one piece counts less than a word: its parts count too. */
const WHOLE_WEIGHT = 0.3;
const PREFIX_WEIGHT = 0.5;
const MOST_PREFIX_STEMS = 32;
/** Where so many papers match, none are looked for that come close. */
const ENOUGH_MATCHES = 1000;
/** Of close papers sorted by anything but relevance, only the most relevant are shown. */
const MOST_SORTED_CLOSE = 50;
/** Of a paper, so many stems say what it is about; so many papers are like it. */
const RELATED_STEMS = 40;
const MOST_RELATED = 50;

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

/** Whether one word is all that is asked for and scored: then no paper is close to it without matching. */
function isOneWord({ words, rest }: Required, stems: WeightedStem[]): boolean {
  return words.length === 1 && rest.length === 0 && stems.every(({ bits }) => bits > 0);
}

/** Puts papers in order: those that were there when it was made. */
export class Ranker {
  readonly statistics: Statistics;
  private readonly pool: Pool;
  private readonly relevance: Relevance;
  private readonly workspace: Workspace;

  constructor(segments: readonly Segment[], workspace = new Workspace()) {
    this.pool = new Pool(segments, workspace);
    this.statistics = new Statistics(segments);
    this.relevance = new Relevance(this.pool, this.statistics, workspace);
    this.workspace = workspace;
  }

  /** How many papers match. */
  count(node: Node): number {
    return atOnce(this.countInSteps(node));
  }

  *countInSteps(node: Node): Steps<number> {
    return (yield* this.pool.select(node, new Pace())).length;
  }

  /** The ids of all papers that match, in no particular order. */
  *matching(node: Node): Steps<Int32Array> {
    return (yield* this.pool.select(node, new Pace())).map((slot) => this.pool.value('id', slot));
  }

  /** The matching papers that readers discuss most. */
  mostDiscussed(node: Node, count: number): Place[] {
    const matching = atOnce(this.pool.select(node, new Pace()));
    return this.first(matching, 'discussed', count).map((slot) => this.pool.place(slot));
  }

  /** The best papers for a query; `text` is the query as typed. */
  *rank(node: Node, text: string, options: RankingOptions): Steps<Ranking> {
    const scores = this.workspace.take(this.pool.size);
    try {
      return yield* this.rankWith(scores, node, text, options);
    } finally {
      this.workspace.giveBack(scores);
    }
  }

  private *rankWith(scores: Scores, node: Node, text: string, options: RankingOptions): Steps<Ranking> {
    const { count, sort, gentle = false, matchesOnly = false } = options;
    const pace = new Pace();
    const terms = termsOf(node, ['title', 'abstract', 'keyword']);
    const required = requiredOf(node);
    const stems = this.stems(terms, required);
    yield* this.score(scores, stems, pace);
    let matching = required.words.length > 0 ? withWords(required, this.pool, this.statistics, scores) : undefined;
    if (required.rest.length > 0)
      matching = yield* this.pool.select({ kind: 'and', nodes: required.rest }, pace, matching);
    matching ??= new Int32Array(0);
    const hasClose = !matchesOnly && matching.length < ENOUGH_MATCHES && !isOneWord(required, stems);
    const constraints = hasClose ? constraintsOf(node) : null;
    if (constraints) scores.keepOnly(yield* this.pool.select(constraints, pace));
    if (hasClose) {
      scores.note(matching);
      scores.survey();
    }
    const needsClose = hasClose && (count > matching.length || (learnsTopic(terms) && matching.length < EXAMPLES));
    const found: Found = { terms, text, matching, needsClose, scores };
    const hasTerms = terms.words.length + terms.prefixes.size > 0;
    const { matches, close } =
      sort === 'relevance' && hasTerms
        ? this.relevance.order(found, count, gentle)
        : this.sorted(found, sort === 'discussed' ? 'discussed' : 'newest', count);
    return {
      matches: matching.length,
      total: matching.length + (hasClose ? scores.countClose() : 0),
      papers: [...matches.map(this.asMatch), ...close.slice(0, MOST_CLOSE).map(this.asClose)].slice(0, count),
    };
  }

  /** The papers most like the one at `slot` of the segment with this `index`. */
  *related(paper: Place, { count, sort }: RankingOptions): Steps<Ranking> {
    const scores = this.workspace.take(this.pool.size);
    try {
      const topic = this.relevance.topic([{ ...paper, share: 1 }], RELATED_STEMS);
      const stems = topic.map(({ stem, share }) => ({ stem, weight: share * this.weight(stem), bits: 0 }));
      yield* this.score(scores, stems, new Pace());
      scores.note(Int32Array.of(this.pool.slotAt(paper)));
      scores.survey();
      const like = scores.closest(MOST_RELATED, 0);
      const ordered = sort === 'relevance' ? like : this.reordered(like, sort);
      return { matches: like.length, total: like.length, papers: ordered.slice(0, count).map(this.asMatch) };
    } finally {
      this.workspace.giveBack(scores);
    }
  }

  private weight(stem: string): number {
    return this.statistics.weight(this.statistics.frequency(stem));
  }

  private *score(scores: Scores, stems: WeightedStem[], pace: Pace): Steps<void> {
    const { parts, size, gone } = this.pool;
    scores.begin(size);
    for (const stem of stems) {
      for (const part of parts) addScores(part, stem, this.statistics.meanLength, scores);
      if (pace.isDue(this.statistics.frequency(stem.stem))) yield;
    }
    scores.drop(gone);
  }

  private stems({ words, wholes, prefixes }: Terms, required: Required): WeightedStem[] {
    const shares = new Map<string, number>();
    const add = (stem: string, share: number) => shares.set(stem, (shares.get(stem) ?? 0) + share);
    for (const { stem } of words) add(stem, 1);
    for (const stem of wholes) add(stem, WHOLE_WEIGHT);
    for (const prefix of prefixes) for (const stem of this.stemsWithPrefix(prefix)) add(stem, PREFIX_WEIGHT);
    const bits = bitsOf(required);
    return [...shares].map(([stem, share]) => ({ stem, weight: share * this.weight(stem), bits: bits.get(stem) ?? 0 }));
  }

  /** The stems of the most frequent words with a prefix. */
  private stemsWithPrefix(prefix: string): Set<string> {
    const stems = this.pool.parts.flatMap(({ segment }) => {
      const numbers = new Set(segment.words.withPrefix(prefix).map((word) => segment.stemOfWord(word)));
      const frequent = bestOf([...numbers], (stem) => segment.frequency(stem), MOST_PREFIX_STEMS);
      return frequent.map((stem) => segment.stems.wordAt(stem));
    });
    return new Set(stems);
  }

  private sorted({ matching, needsClose, scores }: Found, sort: Exclude<Sort, 'relevance'>, count: number) {
    const matches = this.first(matching, sort, count).map((slot) => ({ slot, score: scores.values[slot]! }));
    const close = needsClose ? this.reordered(scores.closest(MOST_SORTED_CLOSE), sort) : [];
    return { matches, close };
  }

  private reordered(papers: Scored[], sort: Exclude<Sort, 'relevance'>): Scored[] {
    const key = this.key(sort);
    return [...papers].sort((a, b) => key(b.slot) - key(a.slot));
  }

  private first(slots: Slots, sort: Exclude<Sort, 'relevance'>, count: number): number[] {
    const found = new BestOf(count);
    const key = this.key(sort);
    for (let i = 0; i < slots.length; i++) found.offer(slots[i]!, key(slots[i]!));
    return found.ordered().map(({ slot }) => slot);
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
