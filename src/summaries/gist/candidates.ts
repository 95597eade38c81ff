import { type Head, type HeadKind, headsOf, pastSpeaker, standsAlone } from './heads.ts';
import { type TailKind, tailsOf } from './tails.ts';

/** A part of one sentence that could be the gist. */
export interface Candidate {
  start: number;
  end: number;
  /** Which sentence it is a part of, from 0. */
  sentence: number;
  head: HeadKind;
  tail: TailKind;
}

/** Where code or data lies is worth knowing, and no gist. */
const POINTER =
  /https?:|www\.|\bgithub\b|\b(?:code|data|models?|demos?|videos?)\b[^.]{0,60}\b(?:available|released|found) (?:at|on|here|under|in)\b/i;

/** The parts of the sentences of a text with single spaces; whole sentences about code only where there are no others. */
export function candidatesOf(text: string, sentences: readonly { start: number; end: number }[]): Candidate[] {
  const candidates = sentences.flatMap(({ start, end }, sentence) => partsOf(text, start, end, sentence));
  const others = candidates.filter(({ start, end }) => !POINTER.test(text.slice(start, end)));
  return others.length > 0 ? others : candidates;
}

function partsOf(text: string, start: number, end: number, sentence: number): Candidate[] {
  const parts = new Map<string, Candidate>();
  for (const head of headsOf(text, start, end)) {
    const past = pastSpeaker(text, head, end);
    for (const tail of tailsOf(text, head.start, end)) {
      for (const { start, kind } of headsFor(text, head, past, tail.end)) {
        parts.set(`${start} ${tail.end}`, { start, end: tail.end, sentence, head: kind, tail: tail.kind });
      }
    }
  }
  return [...parts.values()];
}

/** A finding always stands better alone; a thing may be better introduced, which the ranker decides. */
function headsFor(text: string, head: Head, past: Head | null, end: number): Head[] {
  if (!past || past.start >= end || !standsAlone(text.slice(past.start, end))) return [head];
  return past.kind === 'finding' ? [past] : [head, past];
}
