import type { Node, TextField } from './query/node.ts';
import { termsOf } from './query/terms.ts';
import type { Span } from './result.ts';
import { sentences } from './text/sentences.ts';
import { stemOf } from './text/stem.ts';
import type { Token } from './text/tokens.ts';

/** A longer sentence is shortened around its matches, in UTF-16 units. */
const LONGEST_SNIPPET = 280;
const ELLIPSIS = '…';

/** How much a stem tells; the rarer, the more. */
export type Weight = (stem: string) => number;

interface Mark {
  start: number;
  end: number;
  term: string;
}

/** What marks look for. */
export interface Wanted {
  stems: Set<string>;
  prefixes: Set<string>;
}

interface Window {
  start: number;
  end: number;
}

/** A text, given with its tokens, with the words marked that a query looks for. */
export function markedText(text: string, all: Token[], wanted: Wanted): Span[] {
  return spansOf(text, { start: 0, end: text.length }, marksIn(all, wanted));
}

/** The sentence of an abstract that holds most of what the query looks for, marked; the first where none does. */
export function snippetOf(abstract: string, all: Token[], wanted: Wanted, weight: Weight): Span[] {
  const marks = marksIn(all, wanted);
  const sentence = bestWindow(sentences(abstract), marks, weight);
  return sentence ? spansOf(abstract, shortened(abstract, sentence, marks, weight), marks) : [];
}

/** What a query looks for in a field. */
export function wantedIn(node: Node | null, field: TextField): Wanted {
  const { words, wholes, prefixes } = termsOf(node, [field]);
  return { stems: new Set([...words.map(({ stem }) => stem), ...wholes]), prefixes };
}

function marksIn(all: Token[], terms: Wanted): Mark[] {
  const marks: Mark[] = [];
  for (const token of all) {
    const term = termOf(token, terms);
    if (term === null) continue;
    const last = marks.at(-1);
    // A compound swallows the marks of its parts.
    while (token.whole && (marks.at(-1)?.start ?? -1) >= token.start) marks.pop();
    if (last && last.end > token.start && !token.whole) continue;
    marks.push({ start: token.start, end: token.end, term });
  }
  return marks;
}

function termOf({ word }: Token, { stems, prefixes }: Wanted): string | null {
  const stem = stemOf(word);
  if (stems.has(stem)) return stem;
  for (const prefix of prefixes) if (word.startsWith(prefix)) return prefix;
  return null;
}

function bestWindow(windows: Window[], marks: Mark[], weight: Weight): Window | null {
  let best = windows[0] ?? null;
  let most = 0;
  for (const window of windows) {
    const told = new Set(
      marks.filter(({ start, end }) => start >= window.start && end <= window.end).map(({ term }) => term),
    );
    let sum = 0;
    for (const term of told) sum += weight(term);
    if (sum > most) [best, most] = [window, sum];
  }
  return best;
}

/** The part of a long sentence with most in it, from word to word. */
function shortened(text: string, sentence: Window, marks: Mark[], weight: Weight): Window {
  if (sentence.end - sentence.start <= LONGEST_SNIPPET) return sentence;
  const inside = marks.filter(({ start, end }) => start >= sentence.start && end <= sentence.end);
  const starts = [sentence.start, ...inside.map(({ start }) => Math.max(sentence.start, start - LONGEST_SNIPPET / 4))];
  const windows = starts.map((start) => ({ start, end: Math.min(sentence.end, start + LONGEST_SNIPPET) }));
  const { start, end } = bestWindow(windows, inside, weight) ?? sentence;
  return { start: wordStart(text, start, sentence.start), end: wordEnd(text, end, sentence.end) };
}

function wordStart(text: string, at: number, least: number): number {
  if (at === least) return at;
  const space = text.indexOf(' ', at);
  return space < 0 || space > at + 40 ? at : space + 1;
}

function wordEnd(text: string, at: number, most: number): number {
  if (at === most) return at;
  const space = text.lastIndexOf(' ', at);
  return space < at - 40 ? at : space;
}

function spansOf(text: string, { start, end }: Window, marks: Mark[]): Span[] {
  const spans: Span[] = [];
  const push = (from: number, to: number, marked: boolean) => {
    if (to > from) spans.push({ text: text.slice(from, to).replace(/\s+/g, ' '), marked });
  };
  let at = start;
  for (const mark of marks) {
    if (mark.start < at || mark.end > end) continue;
    push(at, mark.start, false);
    push(mark.start, mark.end, true);
    at = mark.end;
  }
  push(at, end, false);
  return withEllipses(
    spans,
    /[^.!?\s]\s*$/.test(text.slice(0, start)),
    end < text.trimEnd().length && !/[.!?]["'”’)\]]*$/.test(text.slice(start, end)),
  );
}

function withEllipses(spans: Span[], before: boolean, after: boolean): Span[] {
  const dots = (shown: boolean): Span[] => (shown ? [{ text: ELLIPSIS, marked: false }] : []);
  return [...dots(before), ...spans, ...dots(after)];
}
