import { crc32 } from 'node:zlib';
import { phraseWords } from '../query/words.ts';

/** CRC-32, never 0 (RFC 1952, 8). Node's own, because the first papers that a process reads meet code that is not compiled yet. */
export function hash(text: string): number {
  return crc32(text) || 1;
}

/** The same for titles that differ only in case, accents, punctuation or hyphens. */
export function titleHash(title: string): number {
  return hash(phraseWords(title).join(''));
}

const LONGEST_NAME = 40;
const ACRONYM = /\(([A-Z][A-Za-z0-9]{1,9}?)s?\)/g;

/**
 * The hash of the name that a paper gives its subject; 0 for none. It is before the colon of the title (`BERT: …`), in
 * brackets at its end (`… (BERT)`), or an acronym that the abstract gives for words of the title.
 */
export function nameHash(title: string, abstract: string | null): number {
  const name =
    /^([^:]+):\s/.exec(title)?.[1] ?? /\(([^()\s]+)\)\s*$/.exec(title)?.[1] ?? acronymIn(abstract ?? '', title);
  return name && name.length <= LONGEST_NAME ? titleHash(name) : 0;
}

/** `RAG` where the abstract says `(RAG)` and the title `Retrieval-Augmented Generation`. */
function acronymIn(abstract: string, title: string): string {
  const acronyms = [...abstract.matchAll(ACRONYM)].map(([, acronym = '']) => acronym);
  if (acronyms.length === 0) return '';
  const initials = phraseWords(title)
    .map((word) => word[0])
    .join('');
  return acronyms.find((acronym) => initials.includes(acronym.toLowerCase())) ?? '';
}
