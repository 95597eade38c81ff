import type { Candidate } from './candidates.ts';

const ENDS = /[.!?。！？…]["'”’»)\]]*$/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
/** `p-value` and `mRNA` keep their first letter. */
const SMALL_WORD = /^(?:a|\p{Ll}{2,})(?=[\s,;:'’.-]|$)/u;

/** A candidate as it is shown: with a capital and a full stop, but for what was cut in the middle of a clause. */
export function shownPart(text: string, { start, end, tail }: Candidate): string {
  const part = text.slice(start, end).replace(/[\s,;:，、；：–—-]+$/u, '');
  const capital = SMALL_WORD.test(part) ? part.charAt(0).toUpperCase() + part.slice(1) : part;
  const isCutInClause = tail === 'room' && text[end] === ' ';
  return isCutInClause || ENDS.test(capital) || UNSPACED.test(capital) ? capital : `${capital}.`;
}
