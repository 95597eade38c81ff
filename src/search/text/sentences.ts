/**
 * Where a sentence may end: after its mark and any closing quotes, before a space and what may begin another, be it a
 * bullet. The marks of scripts without spaces end one anywhere, and others also where the space after them is missing
 * (`methods.We`).
 */
const END =
  /[.!?]["'”’)\]]*\s+(?=["'“‘([•▪·\p{Lu}\p{N}]|[-–—*]\s)|[。！？]["”’」』）]*\s*|(?<=\p{Ll}{3}|\p{Ll}\))[.?!](?=\p{Lu}\p{Ll}*\s)/gu;
const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|i\.i\.d|a\.k\.a|et al|etc|cf|vs|resp|Figs?|Eqs?|Secs?|Refs?|Tab|Dr|Mr|Ms|Prof|St|No|approx|w\.r\.t)|\b\p{Lu})\.["'”’)\]]*\s*$/u;
/** A single capital is an initial, and `etc.` goes on, but before one of these. */
const OPENS =
  /(?<=\b(?:\p{Lu}|etc))\.\s+(?=(?:We|Our|The|This|These|In|It|However|To|Here|Moreover|Furthermore|Finally)\s)/uy;

/** The sentences of a text as offsets, `end` exclusive, without the spaces around them. */
export function sentences(text: string): { start: number; end: number }[] {
  const result: { start: number; end: number }[] = [];
  let start = text.length - text.trimStart().length;
  const finish = (end: number) => {
    const trimmed = start + text.slice(start, end).trimEnd().length;
    if (trimmed > start) result.push({ start, end: trimmed });
  };
  for (const { index, 0: mark } of text.matchAll(END)) {
    const next = index + mark.length;
    OPENS.lastIndex = index;
    if (!OPENS.test(text) && ABBREVIATION.test(text.slice(Math.max(start, next - 16), next))) continue;
    finish(next);
    start = next;
  }
  finish(text.length);
  return result;
}
