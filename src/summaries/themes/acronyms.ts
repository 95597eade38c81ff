import { tokens } from '../../search/text/tokens.ts';

/** Capitals in brackets: `(GNNs)`, `(LoRA)`. */
const IN_BRACKETS = /\((\p{Lu}[\p{L}\d]{0,6}\p{Lu})s?\)/gu;
/** What an acronym stands for is sought in so many characters before it. */
const REACH = 120;

/** The acronyms that a text introduces, each with the words it stands for, as `tokens` gives them. */
export function acronymsIn(text: string): [acronym: string[], expansion: string[]][] {
  return [...text.matchAll(IN_BRACKETS)].flatMap(({ index, 1: acronym = '' }) => {
    const letters = acronym.toLowerCase();
    const expansion = wordsOf(text.slice(Math.max(0, index - REACH), index)).slice(-letters.length);
    const initials = expansion.map((word) => word[0]).join('');
    return initials === letters ? [[wordsOf(acronym), expansion] as [string[], string[]]] : [];
  });
}

function wordsOf(text: string): string[] {
  return tokens(text).flatMap(({ whole, word }) => (whole ? [] : [word]));
}
