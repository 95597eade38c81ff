import { setImmediate as breathe } from 'node:timers/promises';
import type { Background } from './background.ts';
import { isField } from './generic.ts';
import { nameOf } from './name.ts';
import { type Term, termsOf, type ThemePaper } from './terms.ts';

/** What several papers of a day have in common, more than papers have as a rule. */
export interface Theme {
  /** As it is written most. */
  name: string;
  /** The query that finds more of it. */
  query: string;
  /** At least two, those most about it first; a paper belongs to one theme. */
  paperIds: number[];
}

/** From which weight on a paper is about a term of one, two, three words; see `Term.papers`. */
const ABOUT = [3, 2, 2];
/** A theme has at least so many papers, by the number of words in its name. */
const FEWEST = [3, 2, 2];
const FEWEST_OF_FIELD = 4;
/** Of more, those of fewest papers are not looked at. */
const MOST_CANDIDATES = 120;
/** As if so many more papers had been seen, with a term of so many words in this share: a small archive tells little. */
const PRIOR_PAPERS = 60;
const UNSEEN = [0.03, 0.012, 0.008];
/** Terms that a larger share of papers has as a rule are too common to name a theme, but for a day full of them. */
const COMMON = [0.12, 0.3, 0.3];
/** How far a day stands out from the rule: the natural logarithm of how much more frequent the term is. */
const USUAL_LIFT = -0.3;
const DISTINCTIVE_LIFT = 1;
/** An archive of so many papers can tell whether a name of the whole field is distinctive. */
const TELLING_ARCHIVE = 1000;
/** What says more in its name is the better theme. */
const LENGTH_WORTH = [1, 1.5, 1.6];

interface Candidate {
  term: Term;
  /** How well it sets papers apart. */
  worth: number;
  /** The papers that are about it. */
  about: number[];
  /** So many make a theme of it. */
  fewest: number;
}

/** At most `limit` themes of a day, those of most papers first; the same papers in any order give the same themes. */
export async function themesOf(papers: readonly ThemePaper[], background: Background, limit: number): Promise<Theme[]> {
  const { all, small } = await termsOf(papers);
  const candidates = withoutParts(await candidatesOf(all, papers.length, background));
  const themes: Theme[] = [];
  const taken = new Set<number>();
  while (themes.length < limit) {
    const best = bestOf(candidates, taken);
    if (!best) break;
    const own = best.about.filter((id) => !taken.has(id));
    for (const id of own) taken.add(id);
    themes.push(themeOf(best.term, own, small));
  }
  return themes.toSorted((a, b) => b.paperIds.length - a.paperIds.length);
}

async function candidatesOf(terms: Term[], day: number, background: Background): Promise<Candidate[]> {
  const shared = terms
    .filter(({ papers }) => papers.size > 1)
    .map(sharedBy)
    .filter(({ about, fewest }) => about.length >= fewest);
  const largest = shared.toSorted((a, b) => b.about.length - a.about.length || (a.term.key < b.term.key ? -1 : 1));
  const candidates: Candidate[] = [];
  for (const each of largest.slice(0, MOST_CANDIDATES)) {
    const worth = worthOf(each.term, day, background);
    if (worth > 0) candidates.push({ ...each, worth });
    // Counting a phrase in the archive takes a while.
    await breathe();
  }
  return candidates;
}

function sharedBy(term: Term): Omit<Candidate, 'worth'> {
  const length = term.words.length - 1;
  const about = [...term.papers].filter(([, weight]) => weight >= (ABOUT[length] ?? 0)).map(([id]) => id);
  return { term, about, fewest: isField(term.key) ? FEWEST_OF_FIELD : (FEWEST[length] ?? 0) };
}

/** 0 for what names no theme. */
function worthOf(term: Term, day: number, { size, frequency }: Background): number {
  const length = term.words.length - 1;
  const others = Math.max(0, size - day);
  const elsewhere = Math.max(0, Math.min(others, frequency(term.words) - term.papers.size));
  const usual = (elsewhere + PRIOR_PAPERS * (UNSEEN[length] ?? 0)) / (others + PRIOR_PAPERS);
  const lift = Math.log(term.papers.size / day / usual);
  const isCommon = isField(term.key) || usual > (COMMON[length] ?? 0);
  if (lift < (isCommon ? DISTINCTIVE_LIFT : USUAL_LIFT)) return 0;
  if (isField(term.key) && size < TELLING_ARCHIVE) return 0;
  return (-Math.log(usual) + Math.max(0, lift)) * (LENGTH_WORTH[length] ?? 1);
}

/** Of terms that hold each other, the longer stays where it has most of the papers, else the shorter. */
function withoutParts(candidates: Candidate[]): Candidate[] {
  const left = new Set(candidates);
  for (const long of candidates) {
    for (const short of candidates) {
      if (short === long || !` ${long.term.key} `.includes(` ${short.term.key} `)) continue;
      const isSame = long.about.length >= short.about.length * 0.7;
      left.delete(isSame || isField(short.term.key) ? short : long);
    }
  }
  return [...left];
}

function bestOf(candidates: Candidate[], taken: ReadonlySet<number>): Candidate | null {
  let best: Candidate | null = null;
  let highest = 0;
  for (const candidate of candidates) {
    const { about, term, fewest } = candidate;
    const fresh = about.filter((id) => !taken.has(id)).length;
    if (fresh < fewest || fresh * 2 < about.length) continue;
    const worth = fresh * candidate.worth;
    const isBetter = worth > highest || (worth === highest && best !== null && term.key < best.term.key);
    if (isBetter) [best, highest] = [candidate, worth];
  }
  return best;
}

function themeOf(term: Term, ids: number[], small: ReadonlyMap<string, number>): Theme {
  const name = nameOf(term.forms, small);
  const weight = (id: number): number => term.papers.get(id) ?? 0;
  const paperIds = ids.toSorted((a, b) => weight(b) - weight(a) || a - b);
  return { name, query: queryOf(name, term, small), paperIds };
}

/** Phrases are searched as written: `"graph neural networks" OR "graph neural network" OR GNNs`. */
function queryOf(name: string, { words, forms, acronyms }: Term, small: ReadonlyMap<string, number>): string {
  if (words.length === 1) return name;
  const read = (form: string) => form.toLowerCase().replace(/[-‐‑–]/g, ' ');
  const others = new Map([...forms].filter(([form]) => read(form) !== read(name)));
  const other = nameOf(others, small);
  return [`"${name}"`, ...(other ? [`"${other}"`] : []), ...(acronyms.size > 0 ? [nameOf(acronyms, small)] : [])].join(
    ' OR ',
  );
}
