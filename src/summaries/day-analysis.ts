import type { Search } from '../search/result.ts';
import { type Likeness, likenessOf } from './likeness.ts';
import type { ThemePaper } from './themes/terms.ts';
import { type Theme, themesOf } from './themes/themes.ts';

const MOST_THEMES = 6;
/** Fewer papers need no themes. */
const FEWEST_FOR_THEMES = 4;

/** What the papers of a day have in common. */
export interface DayAnalysis {
  themes: Theme[];
  likeness: Likeness;
}

export type AnalyseDay = (papers: readonly ThemePaper[]) => Promise<DayAnalysis>;

/** Analyses the papers of days. The same papers are analysed once: at nine in the morning, many servers' summaries are due. */
export function dayAnalyser(search: Pick<Search, 'frequency' | 'size'>): AnalyseDay {
  const known = new Map<string, Promise<DayAnalysis>>();
  const background = { size: search.size, frequency: (words: readonly string[]) => search.frequency(words) };
  const analyse: AnalyseDay = async (papers) => ({
    themes: papers.length < FEWEST_FOR_THEMES ? [] : await themesOf(papers, background, MOST_THEMES),
    likeness: await likenessOf(papers, background),
  });
  return (papers) => {
    const key = papers.map(({ id }) => id).join(' ');
    const analysis = known.get(key) ?? analyse(papers);
    known.set(key, analysis);
    return analysis;
  };
}
