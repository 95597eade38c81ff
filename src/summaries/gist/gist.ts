import type { PaperFacts } from '../../core/paper.ts';
import { sentences } from '../../search/text/sentences.ts';
import { analyse, plainAbstract } from './abstract.ts';
import { candidatesOf } from './candidates.ts';
import { featuresOf } from './features.ts';
import { scoreOf } from './ranker.ts';
import { shownPart } from './shown.ts';
import { LONGEST_GIST } from './tails.ts';

/** What was done, in one sentence. */
export interface Gist {
  /** One line of at most 300 characters. */
  text: string;
  /** Whose words: the summary that a source brought, or a part of the abstract that Paperboy chose. */
  by: 'source' | 'paperboy';
}

/** The gist of a paper; `null` where nothing readable is known but its title. */
export function gistOf({ title, abstract, summary }: Pick<PaperFacts, 'title' | 'abstract' | 'summary'>): Gist | null {
  const brought = beginningOf(plainAbstract(summary ?? ''));
  if (brought) return { text: brought, by: 'source' };
  const text = gistOfAbstract(title, abstract ?? '');
  return text ? { text, by: 'paperboy' } : null;
}

/**
 * The part of one sentence of an abstract that says what was done: at most 300 characters, word for word, but for the case
 * of its first letter, a full stop, and white space. Empty where no part can be read.
 */
export function gistOfAbstract(title: string, abstract: string): string {
  const analysed = analyse(title, plainAbstract(abstract));
  const candidates = candidatesOf(analysed.text, analysed.sentences);
  const scores = featuresOf(analysed, candidates).map(scoreOf);
  const best = candidates[scores.indexOf(Math.max(...scores))];
  return best ? shownPart(analysed.text, best) : '';
}

/** As many whole sentences of a summary as a gist has room for. */
function beginningOf(text: string): string {
  const fitting = sentences(text).findLast(({ end }) => end <= LONGEST_GIST);
  return fitting ? text.slice(0, fitting.end) : '';
}
