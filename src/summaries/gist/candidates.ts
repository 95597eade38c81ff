import { type HeadKind, headsOf, pastSpeaker } from './heads.ts';
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
    for (const tail of tailsOf(text, head.start, end)) {
      const trimmed = pastSpeaker(text, head, tail.end);
      // A finding always stands better alone; a thing may be better introduced, which the ranker decides.
      for (const { start, kind } of trimmed.kind === 'thing' ? [head, trimmed] : [trimmed]) {
        parts.set(`${start} ${tail.end}`, { start, end: tail.end, sentence, head: kind, tail: tail.kind });
      }
    }
  }
  return [...parts.values()];
}
