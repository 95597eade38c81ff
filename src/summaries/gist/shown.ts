import type { Candidate } from './candidates.ts';

const ENDS = /[.!?。！？…]["'”’»)\]]*$/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
/** `p-value` and `mRNA` keep their first letter. */
const SMALL_WORD = /^(?:a|\p{Ll}{2,})(?=[\s,;:'’.-]|$)/u;

/** A candidate as it is shown: with a capital and a full stop, but for what was cut in a clause. Empty without any word. */
export function shownPart(text: string, { start, end, tail }: Candidate): string {
  const part = text.slice(start, end).replace(/[\s,;:，、；：–—-]+$/u, '');
  if (!/[\p{L}\p{N}]/u.test(part)) return '';
  const first = part.charAt(0).toUpperCase();
  // `ß` has no capital of its own.
  const capital = SMALL_WORD.test(part) && first.length === 1 ? first + part.slice(1) : part;
  const isCutInClause = tail === 'room' && text[end] === ' ';
  return isCutInClause || ENDS.test(capital) || UNSPACED.test(capital) ? capital : `${capital}.`;
}
