import { setImmediate as breathe } from 'node:timers/promises';
import { findPapers } from '../store/papers.ts';
import { evidenceOf } from './trend-evidence.ts';
import { isField } from './themes/generic.ts';
import { nameOf } from './themes/name.ts';
import { type Term, type Terms, termsOf, type ThemePaper } from './themes/terms.ts';
import { type ArchiveWeeks, archiveWeeks, countByWeek } from './trend-weeks.ts';
import { today, type Trend, type Trends, type TrendServices } from './trends.ts';

/** What is new is sought in so many weeks, the present one included, against so many before them. */
export const RECENT_WEEKS = 4;
const EARLIER_WEEKS = 12;

/** Papers that are read for their terms, of the recent weeks and of those before; of more, every second, third … is. */
const READ_RECENT = 800;
const READ_EARLIER = 800;
/** Papers read from the store at once. */
const BATCH = 50;
/** A term that fewer papers of the recent weeks have is no trend. */
const FEWEST = 5;
/** Terms that are counted in all papers: those that stand out most in what was read. */
const MOST_COUNTED = 150;
/** Beyond this evidence, one in a thousand is chance. */
const LEAST_EVIDENCE = 10.83;
/** Growth below this is nothing to tell, however sure. */
const LEAST_GROWTH = 1.5;
/** Terms are one where the rarer shares this much of its papers with the other. */
const SAME = 0.6;

/** A term that more of the recent papers have than of those before. */
export interface RisingTrend extends Trend {
  /** Papers of the recent weeks, and of those before. */
  recent: number;
  earlier: number;
  /** How many times as frequent it has become; counted as if one half of a paper more had been there before. */
  growth: number;
}

export interface RisingTrends extends Trends {
  trends: RisingTrend[];
  /** All papers of the recent weeks, and of those before. */
  recentPapers: number;
  earlierPapers: number;
}

/** What is rising now: at most `limit` terms, the surest first, with their weeks over `span` weeks. */
export async function risingTrends(limit: number, span: number, services: TrendServices): Promise<RisingTrends> {
  const weeks = await archiveWeeks(services, today(services), Math.max(span, RECENT_WEEKS + EARLIER_WEEKS));
  const [earlierPapers, recentPapers] = compared(weeks.totals);
  const rising: Candidate[] = [];
  if (recentPapers >= FEWEST && earlierPapers > 0) {
    const terms = await termsInWeeks(weeks, services);
    for (const term of terms.likely) {
      const candidate = await candidateOf(term, terms.small, weeks, services);
      if (candidate) rising.push(candidate);
      await breathe();
    }
  }
  const trends = distinct(rising, limit).map(({ trend }) => ({ ...trend, counts: trend.counts.slice(-span) }));
  return {
    mondays: weeks.mondays.slice(-span),
    totals: weeks.totals.slice(-span),
    trends,
    recentPapers,
    earlierPapers,
  };
}

/** The sums of the earlier and of the recent weeks. */
function compared(counts: readonly number[]): [earlier: number, recent: number] {
  return [sum(counts.slice(-RECENT_WEEKS - EARLIER_WEEKS, -RECENT_WEEKS)), sum(counts.slice(-RECENT_WEEKS))];
}

interface LikelyTerms {
  likely: Term[];
  small: Terms['small'];
}

/** The terms that stand out most in what was read of the recent weeks. */
async function termsInWeeks(weeks: ArchiveWeeks, { db }: TrendServices): Promise<LikelyTerms> {
  const first = weeks.mondays.length - RECENT_WEEKS;
  const idsOf = (from: number, until: number) =>
    [...weeks.weekOf].flatMap(([id, week]) => (from <= week && week < until ? [id] : []));
  const recent = spread(idsOf(first, first + RECENT_WEEKS), READ_RECENT);
  const earlier = spread(idsOf(first - EARLIER_WEEKS, first), READ_EARLIER);
  const isRecent = new Set(recent);
  const { all, small } = await termsOf(await read([...recent, ...earlier], db));
  const scored = all.flatMap((term) => {
    const among = [...term.papers.keys()].filter((id) => isRecent.has(id)).length;
    if (among < FEWEST || isField(term.key)) return [];
    return { term, evidence: evidenceOf(among, recent.length, term.papers.size - among, earlier.length) };
  });
  const likely = scored.filter(({ evidence }) => evidence > 0).toSorted((a, b) => b.evidence - a.evidence);
  return { likely: likely.slice(0, MOST_COUNTED).map(({ term }) => term), small };
}

/** At most `most` of the ids, taken evenly. */
function spread(ids: number[], most: number): number[] {
  const every = Math.ceil(ids.length / most);
  return ids.filter((_, index) => index % every === 0);
}

async function read(ids: number[], db: TrendServices['db']): Promise<ThemePaper[]> {
  const papers: ThemePaper[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    papers.push(...(await findPapers(db, ids.slice(at, at + BATCH))));
    await breathe();
  }
  return papers;
}

interface Candidate {
  trend: RisingTrend;
  /** Of the recent papers those that have it. */
  papers: ReadonlySet<number>;
  evidence: number;
}

/** A term counted in all papers; `null` where it does not rise there. */
async function candidateOf(
  { words, forms }: Term,
  small: Terms['small'],
  weeks: ArchiveWeeks,
  { search }: TrendServices,
): Promise<Candidate | null> {
  // Joined by hyphens, neighbouring words match in any inflection.
  const query = words.join('-');
  const ids = await search.matching(query);
  const counts = countByWeek(ids, weeks);
  const [earlier, recent] = compared(counts);
  const [earlierPapers, recentPapers] = compared(weeks.totals);
  const growth = recent / recentPapers / ((earlier + 0.5) / earlierPapers);
  const evidence = evidenceOf(recent, recentPapers, earlier, earlierPapers);
  if (recent < FEWEST || growth < LEAST_GROWTH || evidence < LEAST_EVIDENCE) return null;
  const first = weeks.mondays.length - RECENT_WEEKS;
  const papers = new Set(ids.filter((id) => (weeks.weekOf.get(id) ?? -1) >= first));
  return { trend: { name: nameOf(forms, small), query, counts, recent, earlier, growth }, papers, evidence };
}

/** The surest, each about papers of its own. */
function distinct(candidates: Candidate[], limit: number): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.evidence - a.evidence)) {
    if (kept.length === limit) break;
    if (!kept.some(({ papers }) => isSame(candidate.papers, papers))) kept.push(candidate);
  }
  return kept;
}

function isSame(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  const shared = [...few].filter((id) => many.has(id)).length;
  return shared >= few.size * SAME;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
