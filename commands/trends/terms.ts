import { UserError } from '../../src/core/errors.ts';
import type { Search } from '../../src/search/result.ts';
import { separateTerms } from '../../src/summaries/trend-terms.ts';
import { MOST_CHOICES } from '../shared/choices.ts';

/** More lines in one chart cannot be told apart. */
const MOST_TERMS = 5;
const LONGEST = 100;

/**
 * The terms that are named with commas between them.
 * @throws UserError when there are more than five.
 */
export function termsIn(text: string): { name: string; query: string }[] {
  const terms = separateTerms(text);
  if (terms.length <= MOST_TERMS) return terms;
  throw new UserError(`A chart shows up to ${MOST_TERMS} terms, and these are ${terms.length}. Leave some out.`);
}

/** Common phrases for the term that is being typed; those before the last comma stay. */
export function termChoices(typed: string, search: Pick<Search, 'suggest'>): { name: string; value: string }[] {
  const parts = typed.split(',');
  const begun = parts.pop()?.trim() ?? '';
  const before = parts.map((part) => part.trim()).filter(Boolean);
  if (!begun) return [];
  const phrases = search
    .suggest(begun, MOST_CHOICES * 2)
    .flatMap(({ kind, text }) => (kind === 'phrase' ? [text] : []));
  return [...new Set([begun, ...phrases])]
    .map((term) => [...before, term].join(', '))
    .filter((value) => value.length <= LONGEST)
    .slice(0, MOST_CHOICES)
    .map((value) => ({ name: value, value }));
}
