import type { Paper } from '../core/paper.ts';
import type { UnshownPaper } from '../store/summary-papers.ts';
import type { Summary } from '../store/summaries.ts';
import type { Likeness } from './likeness.ts';
import type { Theme } from './themes/themes.ts';

/** A paper that an edition may show. */
export interface Candidate extends UnshownPaper {
  paper: Paper;
}

/** How many papers a post shows, and how many of them for being typical or unusual rather than discussed. */
const BUDGETS: Record<Summary['size'], { papers: number; typical: number; unusual: number }> = {
  short: { papers: 5, typical: 1, unusual: 1 },
  normal: { papers: 10, typical: 3, unusual: 1 },
  full: { papers: 16, typical: 4, unusual: 2 },
};

export interface Picked {
  /** Ids, the most important first. */
  ids: number[];
  /** Those that are there because they are discussed. */
  discussed: ReadonlySet<number>;
  /** Those that are there because they are unusual. */
  unusual: ReadonlySet<number>;
}

/** Comments and votes together. */
export function talkOf({ comments, upvotes }: Pick<Paper, 'comments' | 'upvotes'>): number {
  return (comments ?? 0) + (upvotes ?? 0);
}

/** The most discussed first; among equals those of the newest list, in its order. */
export function byTalk(a: Candidate, b: Candidate): number {
  return (
    talkOf(b.paper) - talkOf(a.paper) ||
    b.listDay.localeCompare(a.listDay) ||
    a.position - b.position ||
    a.paperId - b.paperId
  );
}

/** What is known of a day's papers beside themselves. */
export interface DayFacts {
  /** The ids of papers that the channel's topics match. */
  matching: ReadonlySet<number>;
  themes: readonly Pick<Theme, 'paperIds'>[];
  likeness: Likeness;
}

/**
 * The papers to show: those that match the channel's topics, the most discussed, the most typical of the day (of themes that
 * would have none, then of all) and the most unusual, in this order.
 */
export function pick(
  candidates: readonly Candidate[],
  { matching, themes, likeness: { typical, unusual } }: DayFacts,
  size: Summary['size'],
): Picked {
  const budget = BUDGETS[size];
  const standing = candidates.filter(({ paper }) => paper.withdrawnOn === null).toSorted(byTalk);
  const allowed = new Set(standing.map(({ paperId }) => paperId));
  const picked = new Set<number>();
  const take = (ids: readonly number[], most: number, room = budget.papers): number[] => {
    const taken = ids.filter((id) => allowed.has(id) && !picked.has(id)).slice(0, Math.min(most, room - picked.size));
    for (const id of taken) picked.add(id);
    return taken;
  };
  const discussed = standing.map(({ paperId }) => paperId);
  const silent = new Set(standing.flatMap(({ paperId, paper }) => (talkOf(paper) === 0 ? [paperId] : [])));
  const room = budget.papers - (standing.length > budget.papers ? budget.typical + budget.unusual : 0);
  take(
    discussed.filter((id) => matching.has(id)),
    room,
    room,
  );
  const talkedOf = take(discussed, room, room).filter((id) => !silent.has(id));
  const unseen = themes.filter(({ paperIds }) => !paperIds.some((id) => picked.has(id)));
  take([...new Set([...unseen.flatMap(({ paperIds }) => paperIds[0] ?? []), ...typical])], budget.typical);
  const odd = take(unusual, budget.unusual);
  take(discussed, budget.papers);
  return { ids: [...picked], discussed: new Set(talkedOf), unusual: new Set(odd) };
}
