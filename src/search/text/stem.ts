import { stemmer } from 'stemmer';
import { oneSpelling } from './one-spelling.ts';

/** Words seen before; more than this many and the memory starts afresh. */
const REMEMBERED = 50_000;
const known = new Map<string, string>();

/** What the inflections and spellings of a folded word have in common (Porter, https://tartarus.org/martin/PorterStemmer/). */
export function stemOf(word: string): string {
  const stem = known.get(word);
  if (stem !== undefined) return stem;
  if (known.size >= REMEMBERED) known.clear();
  const fresh = /^[a-z]{3,}$/.test(word) ? stemmer(oneSpelling(word)) : word;
  known.set(word, fresh);
  return fresh;
}
