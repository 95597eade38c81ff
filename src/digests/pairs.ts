import type { Entry, Rejection } from '../core/paper.ts';
import { type AlternationOptions, type Leftover, type Pairing, pairAlternately } from './alternation.ts';
import { entryOf } from './entry.ts';
import { type Line, quote } from './lines.ts';
import { endsLikeText } from './plausibility.ts';

/** An entry before its place in the digest is known. */
export type PageEntry = Omit<Entry, 'position'>;

/** What a layout's reader finds, in the order of the page. */
export interface PageReading {
  entries: PageEntry[];
  rejected: Rejection[];
}

/** Reads lines that are titles and abstracts only. `complete`: the last line is known to be whole. */
export function readPairs(lines: readonly Line[], complete: boolean, options: AlternationOptions): PageReading {
  const { pairings, leftovers } = pairAlternately(lines, options);
  const last = pairings.at(-1);
  const cut = last && !complete && last.abstract.at(-1) === lines.at(-1) && !endsLikeText(abstractText(last));
  const whole = cut ? pairings.slice(0, -1) : pairings;
  const rejected = leftovers.map(rejectionOf);
  if (cut) rejected.push(cutOff(last));
  return { entries: whole.map((pairing) => pairedEntry(pairing)), rejected };
}

/** The entry of a pairing, with what else is known. */
export function pairedEntry(pairing: Pairing, facts: Partial<PageEntry> = {}): PageEntry {
  const { title } = pairing;
  return entryOf(title.number, { ...facts, title: title.text, abstract: abstractText(pairing) });
}

function abstractText({ abstract }: Pairing): string {
  return abstract.map(({ text }) => text).join('\n');
}

/** Reports a line that is in no pairing. */
export function rejectionOf({ line, kind }: Leftover): Rejection {
  const reasons: Record<Leftover['kind'], string> = {
    title: 'has no abstract below it.',
    abstract: 'has no title above it.',
    unclear: 'stands near a missing line, and it is not certain which title and abstract belong together.',
  };
  return { line: line.number, reason: `${quote(line.text)} ${reasons[kind]}` };
}

function cutOff({ title, abstract }: Pairing): Rejection {
  const line = abstract.at(-1)?.number ?? title.number;
  return {
    line,
    reason: `The document ends in the middle of the abstract of ${quote(title.text)}. Save the page again.`,
  };
}
