import type { AnalysedText } from './analysed-paper.ts';
import type { Node, TextField } from './query/node.ts';
import { termsOf } from './query/terms.ts';
import type { Span } from './result.ts';
import { stemOf } from './text/stem.ts';

/** A longer sentence is shortened around its matches, in UTF-16 units. */
const LONGEST_SNIPPET = 280;
/** Of a sentence with more matches, the end is not tried. */
const MOST_TRIED = 200;
/** Words are not cut, unless they are longer. */
const LONGEST_WORD = 40;
const ELLIPSIS = '…';
/** White space that is not one blank. */
const WIDE_SPACE = /[^\S ]| {2}/;

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
  /** How both begin (`beginning`): words that begin in another way need no stem. */
  beginnings: Set<number>;
}

interface Window {
  start: number;
  end: number;
}

/** A text with the words marked that a query looks for. */
export function markedText(text: string, analysed: AnalysedText | undefined, wanted: Wanted): Span[] {
  return spansOf(text, { start: 0, end: text.length }, marksIn(analysed, wanted));
}

/** The sentence of an abstract that holds most of what the query looks for, marked; the first where none does. */
export function snippetOf(
  abstract: string,
  analysed: AnalysedText | undefined,
  wanted: Wanted,
  weight: Weight,
): Span[] {
  const marks = marksIn(analysed, wanted);
  const sentence = bestWindow(analysed?.sentences ?? [], marks, weight);
  return sentence ? spansOf(abstract, shortened(abstract, sentence, marks, weight), marks) : [];
}

/** What a query looks for in a field. */
export function wantedIn(node: Node | null, field: TextField): Wanted {
  const { words, wholes, prefixes } = termsOf(node, [field]);
  const stems = new Set([...words.map(({ stem }) => stem), ...wholes]);
  return { stems, prefixes, beginnings: new Set([...stems, ...prefixes].map(beginning)) };
}

/** The first two letters as a number; stemming keeps them. */
function beginning(word: string): number {
  return (word.charCodeAt(0) << 16) | (word.charCodeAt(1) || 0);
}

function marksIn(analysed: AnalysedText | undefined, { stems, prefixes, beginnings }: Wanted): Mark[] {
  const marks: Mark[] = [];
  if (beginnings.size === 0) return marks;
  analysed?.tokens.forEach(({ word, start, end, whole }) => {
    if (!beginnings.has(beginning(word))) return;
    const stem = stemOf(word);
    const term = stems.has(stem) ? stem : [...prefixes].find((prefix) => word.startsWith(prefix));
    if (term === undefined) return;
    // A compound swallows the marks of its parts.
    if (whole) while ((marks.at(-1)?.start ?? -1) >= start) marks.pop();
    marks.push({ start, end, term });
  });
  return marks;
}

/** The window that tells most; the windows begin in their order, and so do the marks. */
function bestWindow(windows: readonly Window[], marks: Mark[], weight: Weight): Window | null {
  let best = windows[0] ?? null;
  let most = 0;
  let first = 0;
  for (const window of windows) {
    while ((marks[first]?.start ?? Infinity) < window.start) first += 1;
    const told = new Set<string>();
    for (let at = first; (marks[at]?.end ?? Infinity) <= window.end; at++) told.add(marks[at]!.term);
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
  const lead = LONGEST_SNIPPET / 4;
  const starts = inside.slice(0, MOST_TRIED).map(({ start }) => Math.max(sentence.start, start - lead));
  const windows = [sentence.start, ...starts].map((start) => ({
    start,
    end: Math.min(sentence.end, start + LONGEST_SNIPPET),
  }));
  const { start, end } = bestWindow(windows, inside, weight) ?? sentence;
  return { start: wordStart(text, start, sentence.start), end: wordEnd(text, end, sentence.end) };
}

function wordStart(text: string, at: number, least: number): number {
  if (at === least) return at;
  const space = text.indexOf(' ', at);
  return space < 0 || space > at + LONGEST_WORD ? at : space + 1;
}

function wordEnd(text: string, at: number, most: number): number {
  if (at === most) return at;
  const space = text.lastIndexOf(' ', at);
  return space < at - LONGEST_WORD ? at : space;
}

function spansOf(text: string, { start, end }: Window, marks: Mark[]): Span[] {
  const spans: Span[] = [];
  const push = (from: number, to: number, marked: boolean) => {
    const part = text.slice(from, to);
    if (to > from) spans.push({ text: WIDE_SPACE.test(part) ? part.replace(/\s+/g, ' ') : part, marked });
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
    /[^.!?\s]\s*$/.test(text.slice(Math.max(0, start - LONGEST_WORD), start)),
    end < text.trimEnd().length && !/[.!?]["'”’)\]]*$/.test(text.slice(Math.max(start, end - LONGEST_WORD), end)),
  );
}

function withEllipses(spans: Span[], before: boolean, after: boolean): Span[] {
  const dots = (shown: boolean): Span[] => (shown ? [{ text: ELLIPSIS, marked: false }] : []);
  return [...dots(before), ...spans, ...dots(after)];
}
