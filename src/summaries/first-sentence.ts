import type { Paper } from '../core/paper.ts';
import { sentences } from '../search/text/sentences.ts';
import type { Gist } from './edition.ts';

/** The first sentence of the abstract; `null` without one. */
export function firstSentence({ abstract }: Paper): Gist | null {
  const text = abstract ?? '';
  const [first] = sentences(text);
  return first ? { text: text.slice(first.start, first.end), by: 'authors' } : null;
}
