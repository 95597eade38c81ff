import { setImmediate as breathe } from 'node:timers/promises';
import type { Paper } from '../core/paper.ts';
import { AnalysedPaper } from '../search/analysed-paper.ts';
import { matches } from '../search/matches.ts';
import { parseQuery } from '../search/query/parse.ts';
import { termsOf } from '../search/query/terms.ts';
import { stemOf } from '../search/text/stem.ts';
import { isStopword } from '../search/text/stopwords.ts';
import { tokens } from '../search/text/tokens.ts';
import { TEXT_FIELDS } from '../search/query/node.ts';
import { type Hindsight, Lately } from './lately.ts';

/** An exclusion that drops this share of what a topic catches besides, or more, is another topic, not less of this one. */
const MOST_DROPPED = 0.5;
/** Words shorter than this say little about a paper. */
const SHORTEST = 3;
/** Candidates whose effect is counted. */
const MOST_TRIED = 24;

/** Words to leave out of a query, and what that does. */
export interface Exclusion {
  /** As it stands in the query, for example `-robot` or `-"diffusion policy"`. */
  term: string;
  /** The query with it. */
  query: string;
  /** How many papers of the last 30 days it drops, out of how many. */
  drops: number;
  of: number;
}

/**
 * Ways to leave papers like this one out of what a query catches, the most telling first, at most `limit`. Each drops the
 * paper, and adds nothing. None for a paper that the query does not match.
 */
export async function lessLike(paper: Paper, query: string, world: Hindsight, limit = 4): Promise<Exclusion[]> {
  const { node } = parseQuery(query);
  const analysed = new AnalysedPaper(paper);
  if (!node || !matches(node, analysed)) return [];
  const lately = await Lately.of(world);
  const before = await lately.matching(query);
  const others = (ids: readonly number[]) => ids.filter((id) => id !== paper.id).length;
  const found: (Exclusion & { worth: number; kept: string })[] = [];
  for (const words of candidates(paper, query).slice(0, MOST_TRIED)) {
    const term = words.length === 1 ? `-${words[0]}` : `-"${words.join(' ')}"`;
    const narrowed = without(query, term, analysed);
    await breathe();
    if (narrowed === null) continue;
    const after = await lately.matching(narrowed);
    const drops = before.length - after.length;
    const lost = others(before) - others(after);
    if (drops < 0 || (lost > 0 && lost >= others(before) * MOST_DROPPED)) continue;
    const rarity = Math.log((world.search.size + 1) / (world.search.frequency(words) + 1));
    const worth = (drops + 1) * rarity;
    found.push({ term, query: narrowed, drops, of: before.length, worth, kept: after.join() });
  }
  found.sort((a, b) => b.worth - a.worth);
  const distinct = found.filter(({ kept }, index) => found.findIndex((other) => other.kept === kept) === index);
  const chosen = distinct.length > 0 ? distinct : found;
  return chosen.slice(0, limit).map(({ term, query: narrowed, drops, of }) => ({ term, query: narrowed, drops, of }));
}

/** What a paper is about, in its keywords and its title: words and pairs of words that the query does not ask for. */
function candidates({ title, keywords }: Paper, query: string): string[][] {
  const asked = new Set(termsOf(parseQuery(query).node, TEXT_FIELDS).words.map(({ stem }) => stem));
  const isTelling = (word: string) => word.length >= SHORTEST && !isStopword(word) && /^\p{L}/u.test(word);
  const isNew = (words: string[]) => words.some((word) => !asked.has(stemOf(word)));
  const named = (keywords ?? []).map(wordsOf).filter((words) => words.length <= 3);
  const all = wordsOf(title);
  const pairs = all.slice(1).map((word, index) => [all[index] ?? '', word]);
  const candidates = [...named, ...pairs, ...all.map((word) => [word])].filter(
    (words) => words.length > 0 && words.every(isTelling) && isNew(words),
  );
  return [...new Map(candidates.map((words) => [words.join(' '), words])).values()];
}

function wordsOf(text: string): string[] {
  return tokens(text).flatMap(({ word, whole }) => (whole ? [] : [word]));
}

/** The query with one more exclusion; `null` when that cannot be put in words that mean it. */
function without(query: string, term: string, paper: AnalysedPaper): string | null {
  const { node, faults } = parseQuery(query);
  const inBrackets = `(${query}) ${term}`;
  // Behind alternatives it would belong to the last of them alone.
  const ways = node?.kind === 'or' ? [inBrackets] : [`${query} ${term}`, inBrackets];
  const right = ways.find((way) => {
    const parsed = parseQuery(way);
    return parsed.faults.length === faults.length && parsed.node !== null && !matches(parsed.node, paper);
  });
  return right ?? null;
}
