import { tokens } from '../../search/text/tokens.ts';

/** Up to six words, and capitals in brackets: `graph neural networks (GNNs)`. */
const INTRODUCED = /((?:[\p{L}\d-]+ ){1,6})\((\p{Lu}[\p{L}\d]{0,6}?\p{Lu})s?\)/gu;

/** The acronyms that a text introduces, each with the words it stands for, as `tokens` gives them. */
export function acronymsIn(text: string): [acronym: string[], expansion: string[]][] {
  return [...text.matchAll(INTRODUCED)].flatMap(([, before = '', acronym = '']) => {
    const words = wordsOf(before);
    const letters = acronym.toLowerCase();
    const expansion = words.slice(-letters.length);
    const initials = expansion.map((word) => word[0]).join('');
    return initials === letters ? [[wordsOf(acronym), expansion] as [string[], string[]]] : [];
  });
}

function wordsOf(text: string): string[] {
  return tokens(text).flatMap(({ whole, word }) => (whole ? [] : [word]));
}
