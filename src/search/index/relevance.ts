import type { Terms } from '../query/terms.ts';
import { best, type Scored } from './best.ts';
import { Closeup } from './closeup.ts';
import { titleHash } from './hash.ts';
import type { Pool } from './pool.ts';
import { MOST_CLOSE, type Scores } from './scores.ts';
import type { Segment } from './segment.ts';
import type { Slots } from './select.ts';
import type { Statistics } from './statistics.ts';
import { type Example, type Topic, topicOf, TopicScorer } from './topic.ts';
import type { Workspace } from './workspace.ts';

/** How many of the best matches, and of the best close papers, are looked at closely: for pages, and for long lists. */
const CLOSEUPS = 40;
const CLOSEUPS_FOR_LISTS = 200;
const LONGEST_PAGE = 50;
/** The best papers tell what the query is about: so many, in so many stems, counting so much. */
export const EXAMPLES = 20;
const TOPIC_STEMS = 30;
const TOPIC_WEIGHT = 0.15;
/** So few words leave little to learn: it was measured to change nDCG@10 by at most .003, and to take its time. */
const SHORT_QUERY = 4;
/** Papers are equals within this share of the best score. */
const EQUAL_SHARE = 0.02;

/** What a query finds in a pool, before it is put in order. */
export interface Found {
  terms: Terms;
  /** The query as typed. */
  text: string;
  matching: Slots;
  /** Whether close papers are looked for. */
  needsClose: boolean;
  scores: Scores;
}

/** Whether the best papers are asked what the query is about. */
export function learnsTopic({ words }: Terms): boolean {
  return words.length > SHORT_QUERY;
}

interface Groups {
  matches: Scored[];
  close: Scored[];
}

/** Orders what was found by how well it answers the query. */
export class Relevance {
  private readonly pool: Pool;
  private readonly statistics: Statistics;
  private readonly workspace: Workspace;

  constructor(pool: Pool, statistics: Statistics, workspace: Workspace) {
    this.pool = pool;
    this.statistics = statistics;
    this.workspace = workspace;
  }

  /** What the papers are about, in `stems` stems. */
  topic(examples: Example[], stems: number): Topic {
    const segments = this.pool.parts.map(({ segment }) => segment);
    const readers = segments.map((segment) => this.workspace.reader(segment));
    return topicOf(readers, segments, examples, stems, this.statistics);
  }

  /** At least `count` papers of each group, where there are so many. */
  order({ terms, text, matching, needsClose, scores }: Found, count: number, gentle: boolean): Groups {
    const looks = count > LONGEST_PAGE ? CLOSEUPS_FOR_LISTS : CLOSEUPS;
    const named = this.named(text, matching);
    const most = Math.max(count, looks);
    const matches = withAll(named.keys(), best(matching, scores.values, most), scores.values);
    const close = needsClose ? scores.closest(Math.min(most, MOST_CLOSE)) : [];
    const heads = { matches: matches.splice(0, looks), close: close.splice(0, looks) };
    this.lookClosely(terms, heads);
    if (learnsTopic(terms)) this.addTopic(heads);
    const highest = Math.max(0, ...[...heads.matches, ...heads.close].map(({ score }) => score));
    // Every match ranks above every close paper, and those named above all.
    for (const each of [...heads.matches, ...matches]) each.score += (highest + 1) * (1 + (named.get(each.slot) ?? 0));
    const sort = gentle ? (papers: Scored[]) => this.sortGently(papers, highest * EQUAL_SHARE) : byScore;
    return { matches: [...sort(heads.matches), ...matches], close: [...sort(heads.close), ...close] };
  }

  /** Papers whose title (2), or the name in it (1), is just what was typed. */
  private named(text: string, matching: Slots): Map<number, number> {
    const named = new Map<number, number>();
    const wanted = titleHash(text);
    this.pool.eachRun(matching, ({ columns: { titleHash, nameHash } }, offset, from, to) => {
      for (let at = from; at < to; at++) {
        const slot = matching[at]! - offset;
        if (titleHash[slot] === wanted) named.set(slot + offset, 2);
        else if (nameHash[slot] === wanted) named.set(slot + offset, 1);
      }
    });
    return named;
  }

  private lookClosely({ words }: Terms, { matches, close }: Groups): void {
    const segments = this.pool.parts.map(({ segment }) => segment);
    const papers = [...matches, ...close];
    const extras = new Closeup(segments, words, this.statistics, this.placesOf).extras(
      papers.map(({ slot }) => this.pool.place(slot)),
    );
    papers.forEach((each, index) => (each.score += extras[index]!));
    byScore(matches);
    byScore(close);
  }

  /** Papers gain that are like the best ones, in the words of the query or in others. */
  private addTopic({ matches, close }: Groups): void {
    const examples = [...matches.slice(0, EXAMPLES), ...close.slice(0, EXAMPLES)].slice(0, EXAMPLES);
    const highest = Math.max(0, ...examples.map(({ score }) => score));
    if (highest === 0) return;
    const topic = this.topic(
      examples.map(({ slot, score }) => ({ ...this.pool.place(slot), share: score })),
      TOPIC_STEMS,
    );
    const scorers = this.pool.parts.map(
      ({ segment }) => new TopicScorer(segment, topic, this.statistics, this.placesOf),
    );
    const papers = [...matches, ...close];
    const likeness = papers.map((each) => {
      const { index, slot } = this.pool.place(each.slot);
      return scorers[index]!.score(slot);
    });
    const most = Math.max(...likeness) || 1;
    papers.forEach((each, place) => (each.score += (TOPIC_WEIGHT * highest * likeness[place]!) / most));
  }

  private readonly placesOf = (segment: Segment, stems: readonly string[]) => this.workspace.places(segment, stems);

  private sortGently(papers: Scored[], step: number): Scored[] {
    const level = ({ score }: Scored) => Math.round(score / (step || 1));
    const talk = ({ slot }: Scored) => this.pool.value('comments', slot) + this.pool.value('votes', slot);
    const day = ({ slot }: Scored) => this.pool.value('day', slot);
    return byScore(papers).sort((a, b) => level(b) - level(a) || day(b) - day(a) || talk(b) - talk(a));
  }
}

/** The papers with those of `slots` that are not among them in front: they will be looked at closely, too. */
function withAll(slots: Iterable<number>, papers: Scored[], scores: Float32Array): Scored[] {
  const known = new Set(papers.map(({ slot }) => slot));
  const others = [...slots].filter((slot) => !known.has(slot));
  return [...others.map((slot) => ({ slot, score: scores[slot]! })), ...papers];
}

/** Sorts in place, best first. */
function byScore(papers: Scored[]): Scored[] {
  return papers.sort((a, b) => b.score - a.score || a.slot - b.slot);
}
