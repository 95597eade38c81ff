import type { Paper } from '../core/paper.ts';
import type { SourceReport } from '../store/source-states.ts';
import type { Summary } from '../store/summaries.ts';
import type { Gist } from './gist/gist.ts';

/** A paper as an edition shows it. */
export interface EditionPaper {
  paper: Paper;
  /** `null` for a paper without an abstract. */
  gist: Gist | null;
  /** Its list was over when the post before was made. */
  isLate: boolean;
  /** Least like the others of the day. */
  isUnusual: boolean;
  /** The names of the channel's topics that it matches. */
  topics: string[];
}

export interface EditionTheme {
  name: string;
  /** The query that finds more of it. */
  query: string;
  /** How many papers of the edition it has, shown or not. */
  papers: number;
}

export interface EditionGroup {
  /** `topics`: what the channel's topics match; of what belongs to no theme, the most `discussed` and all `others`. */
  kind: 'topics' | 'theme' | 'discussed' | 'others';
  /** Of a theme; else empty. */
  name: string;
  /** How many papers it has, shown or not. */
  total: number;
  papers: EditionPaper[];
}

/** What a summary shows for one local day. */
export interface Edition {
  summaryId: number;
  /** `YYYY-MM-DD`. */
  localDate: string;
  period: Summary['period'];
  /** Papers it is about, shown or not. */
  total: number;
  late: number;
  /** Those of most papers first. */
  themes: EditionTheme[];
  groups: EditionGroup[];
  /** The ids of the papers in the groups; where there is no room for all, the last ones are left out first. */
  ranking: number[];
}

/** What of a paper a post shows; when it changes, the post is edited. */
export interface Shown {
  title: string;
  comments: number | null;
  upvotes: number | null;
  withdrawnOn: string | null;
}

/** An edition as it is kept with its post: which papers, but not what is known of them. */
export interface KeptEdition extends Pick<Edition, 'total' | 'late' | 'themes'> {
  groups: (Omit<EditionGroup, 'papers'> & { paperIds: number[] })[];
  /** In the order of the ranking. */
  papers: (Omit<EditionPaper, 'paper' | 'gist'> & { id: number; shown: Shown })[];
}

export type GistOf = (paper: Paper) => Gist | null;

/** Why there is no post. */
export type Nothing =
  | { kind: 'few'; found: number; minimum: number }
  | { kind: 'trouble'; sources: SourceReport[] }
  | { kind: 'rest'; rest: string }
  | { kind: 'nothing new' };

/** Makes editions messages. */
export interface SummaryRendering {
  /** The message as Discord's API takes it. */
  message: (edition: Edition, summary: Summary) => object;
  /** What a forum's thread is called; at most 100 characters. */
  name: (day: Pick<Edition, 'localDate' | 'period'>) => string;
  /** Why there is no post, as one line of Markdown. */
  words: (why: Nothing, period: Summary['period']) => string;
  /** The message that says so. */
  notice: (words: string) => object;
}

export function shownOf({ title, comments, upvotes, withdrawnOn }: Paper): Shown {
  return { title, comments, upvotes, withdrawnOn };
}

/** The edition with what is known of its papers now; papers that are gone are left out. */
export function editionOf(
  kept: KeptEdition,
  { summaryId, localDate, period }: Pick<Edition, 'summaryId' | 'localDate' | 'period'>,
  papers: readonly Paper[],
  gistOf: GistOf,
): Edition {
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const marks = new Map(kept.papers.map((marked) => [marked.id, marked]));
  const shown = (id: number): EditionPaper[] => {
    const paper = byId.get(id);
    const { isLate = false, isUnusual = false, topics = [] } = marks.get(id) ?? {};
    return paper ? [{ paper, gist: gistOf(paper), isLate, isUnusual, topics }] : [];
  };
  return {
    summaryId,
    localDate,
    period,
    total: kept.total,
    late: kept.late,
    themes: kept.themes,
    groups: kept.groups.map(({ paperIds, ...group }) => ({ ...group, papers: paperIds.flatMap(shown) })),
    ranking: kept.papers.flatMap(({ id }) => (byId.has(id) ? [id] : [])),
  };
}
