import { singular } from './singular.ts';

/**
 * A term as it is written most, whatever its capitals; of forms that are as frequent the longest.
 * @param small how much more often words are written in small letters than otherwise; names keep their capitals
 */
export function nameOf(forms: ReadonlyMap<string, number>, small: ReadonlyMap<string, number>): string {
  const uses = new Map<string, number>();
  for (const [form, count] of forms) {
    const name = form.replace(/[\p{L}\p{N}]+/gu, (word) => inSentence(word, small));
    uses.set(name, (uses.get(name) ?? 0) + count);
  }
  const [first = ''] = [...uses]
    .toSorted(([a, m], [b, n]) => n - m || b.length - a.length || (a < b ? -1 : 1))
    .map(([name]) => name);
  return first;
}

function inSentence(word: string, small: ReadonlyMap<string, number>): string {
  const lower = word.toLowerCase();
  const isSmall = (form: string): boolean => (small.get(form) ?? 0) >= 0;
  const isName = /\p{Lu}.*\p{Lu}/u.test(word.replace(/s$/, '')) && !isShouted(word);
  return !isName && isSmall(lower) && isSmall(singular(lower)) ? lower : word;
}

/** `NETWORKS` in a title of capitals. */
function isShouted(word: string): boolean {
  return word.length > 6 && word === word.toUpperCase();
}
