import { phraseWords } from '../query/words.ts';

/** FNV-1a over UTF-16 units, 32 bits, never 0 (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0 || 1;
}

/** The same for titles that differ only in case, accents, punctuation or hyphens. */
export function titleHash(title: string): number {
  return hash(phraseWords(title).join(''));
}

const LONGEST_NAME = 40;

/** The hash of the name that a title gives its subject: `BERT` in `BERT: …`, or in `… (BERT)`; 0 for none. */
export function nameHash(title: string): number {
  const name = /^([^:]+):\s/.exec(title)?.[1] ?? /\(([^()\s]+)\)\s*$/.exec(title)?.[1] ?? '';
  return name && name.length <= LONGEST_NAME ? titleHash(name) : 0;
}
