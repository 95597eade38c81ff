import { addDays } from '../core/dates.ts';
import type { Paper } from '../core/paper.ts';
import type { Search } from '../search/result.ts';
import type { Db } from '../store/database.ts';
import { sourceReport } from '../store/source-states.ts';
import { newestPostedDate } from '../store/summary-posts.ts';
import { unshownPapers } from '../store/summary-papers.ts';
import type { Summary } from '../store/summaries.ts';
import { arrange } from './arrange.ts';
import { type AnalyseDay, dayAnalyser } from './day-analysis.ts';
import type { KeptEdition, Nothing } from './edition.ts';
import { whyNothing } from './nothing.ts';
import { type ReadPapers, paperReader } from './paper-reader.ts';
import { byTalk, pick } from './pick.ts';
import { topicMatches } from './topic-matches.ts';

/** Lists are read again while they may grow; so many days before the last post are looked at for papers that came late. */
const LOOK_BACK = 4;
/** However long ago the last post was: older lists are no news. In days. */
const OLDEST: Record<Summary['period'], number> = { daily: 14, weekly: 28 };
/** More papers are not counted, and of those counted the most discussed are looked at closely. */
const MOST_PAPERS = 2000;
const MOST_LOOKED_AT = 300;

export interface EditionWorld {
  db: Db;
  search: Pick<Search, 'frequency' | 'size'>;
  /** Both are shared by summaries that are planned together. */
  analyse?: AnalyseDay;
  readPapers?: ReadPapers;
}

/** What a post of the day would be about. */
export interface BuiltEdition {
  kept: KeptEdition;
  /** The ids of all papers that it is about, shown or not. */
  paperIds: number[];
  /** Those that it shows. */
  papers: Paper[];
}

/** What a summary has to say on a local day, or why it has nothing to say. Changes nothing. */
export async function buildEdition(
  { db, search, analyse = dayAnalyser(search), readPapers = paperReader(db) }: EditionWorld,
  summary: Summary,
  localDate: string,
  now: Date,
): Promise<BuiltEdition | Nothing> {
  const postedBefore = await newestPostedDate(db, summary.id);
  const all = await unshownPapers(db, summary.id, firstDay(summary, localDate, postedBefore), MOST_PAPERS);
  if (all.length < Math.max(1, summary.minimum)) {
    return whyNothing(all.length, summary.minimum, await sourceReport(db, now));
  }
  const read = await readPapers(all.map(({ paperId }) => paperId));
  const candidates = all.flatMap((listed) => {
    const paper = read.get(listed.paperId);
    return paper ? [{ ...listed, paper }] : [];
  });
  const looked = candidates.toSorted(byTalk).slice(0, MOST_LOOKED_AT);
  const texts = looked.map(({ paper }) => paper);
  const topics = await topicMatches(db, summary, candidates);
  const { themes, likeness } = await analyse(texts);
  const picked = pick(candidates, { matching: new Set(topics.keys()), themes, likeness }, summary.size);
  const ids = new Set(picked.ids);
  return {
    kept: arrange({ candidates, picked, themes, topics, postedBefore }),
    paperIds: candidates.map(({ paperId }) => paperId),
    papers: candidates.flatMap(({ paperId, paper }) => (ids.has(paperId) ? [paper] : [])),
  };
}

/** The first list day whose papers are this edition's business. */
function firstDay({ startsOn, period }: Summary, localDate: string, postedBefore: string | null): string {
  const since = postedBefore === null ? startsOn : addDays(postedBefore, -LOOK_BACK);
  return [startsOn, since, addDays(localDate, -OLDEST[period])].reduce((a, b) => (a > b ? a : b));
}
