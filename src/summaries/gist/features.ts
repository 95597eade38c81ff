import type { Abstract, Sentence, Word } from './abstract.ts';
import type { Candidate } from './candidates.ts';
import { anyOf, THIS_PAPER } from './words.ts';

/** What the ranker is told of a candidate, by name. */
export type FeatureName = (typeof FEATURES)[number];

export const FEATURES = [
  // How long it is, as a curve with bends at 12, 16, 25 and 35 words.
  'words', 'words below 12', 'words above 16', 'words above 25', 'words above 35',
  // Its sentence among the others.
  'first sentence', 'second sentence', 'last sentence', 'last but one', 'place', 'relative place',
  // What it shares with the title.
  'share in title', 'share of title', 'words of title', 'pairs of title',
  // What it shares with the rest of the abstract.
  'repeated', 'repeated share', 'only here', 'known before', 'content share',
  // What stands in it.
  'we', 'our', 'digit', 'sign', 'bracket', 'points back', 'begins by pointing back', 'comma', 'colon',
  // What was left out.
  'stock left out', 'head clause', 'head thing', 'head finding', 'tail deed', 'tail clause', 'tail participle',
  'tail means', 'tail mark', 'tail room', 'left out before', 'left out after', 'kept',
  // Cues in its sentence, and where the sentences with cues stand.
  'offers', 'first that offers', 'before offers', 'after offers', 'authors', 'first with authors', 'before authors',
] as const; // oxfmt-ignore

const OFFERS = new RegExp(
  `\\b(?:we|${THIS_PAPER}) (?:\\w+ )?${anyOf(`
    proposes?|presents?|introduces?|develops?|describes?|stud(?:y|ies)|shows?|investigates?|address(?:es)?|provides?
    explores?
  `)}\\b`,
  'i',
);
const AUTHORS = /\b(?:we|our|this (?:paper|work))\b/i;

/** What all candidates of an abstract have in common. */
interface Cues {
  offers: boolean[];
  firstOffer: number;
  authors: boolean[];
  firstAuthors: number;
}

/** The features of each candidate, in the order of `FEATURES`; a candidate of words the analysis does not see has none. */
export function featuresOf(abstract: Abstract, candidates: readonly Candidate[]): number[][] {
  const offers = abstract.sentences.map(({ text }) => OFFERS.test(text));
  const authors = abstract.sentences.map(({ text }) => AUTHORS.test(text));
  const cues = { offers, firstOffer: offers.indexOf(true), authors, firstAuthors: authors.indexOf(true) };
  return candidates.map((candidate) => {
    const sentence = abstract.sentences[candidate.sentence]!;
    const words = wordsIn(abstract, sentence, candidate);
    const text = abstract.text.slice(candidate.start, candidate.end);
    return [
      ...ofLength(words.length),
      ...ofPlace(candidate.sentence, abstract.sentences.length),
      ...ofContent(words, abstract.titleSize),
      ...ofText(text),
      ...ofTrimming(candidate, sentence, abstract, words.length),
      ...ofCues(candidate.sentence, cues),
    ];
  });
}

function wordsIn({ words }: Abstract, { from, to }: Sentence, { start, end }: Candidate): Word[] {
  let first = from;
  while (first < to && words[first]!.start < start) first += 1;
  let last = first;
  while (last < to && words[last]!.end <= end) last += 1;
  return words.slice(first, last);
}

function ofLength(count: number): number[] {
  const above = (bend: number) => Math.max(0, Math.min(count, 80) - bend) / 10;
  return [Math.min(count, 80) / 10, Math.max(0, 12 - count) / 10, above(16), above(25), above(35)];
}

function ofPlace(place: number, count: number): number[] {
  const isAt = (other: number) => Number(place === other);
  return [isAt(0), isAt(1), isAt(count - 1), isAt(count - 2), Math.min(place, 12) / 6, place / Math.max(1, count - 1)];
}

function ofContent(words: Word[], titleSize: number): number[] {
  const seen = new Set<number>();
  let [stops, pairs, inTitle, repeated, onlyHere, known] = [0, 0, 0, 0, 0, 0];
  for (const [index, word] of words.entries()) {
    if (index > 0 && word.pairInTitle) pairs += 1;
    if (word.stem.isStop) stops += 1;
    if (word.stem.isStop || seen.has(word.stem.id)) continue;
    seen.add(word.stem.id);
    if (word.stem.inTitle) inTitle += 1;
    repeated += Math.min(4, word.stem.sentences - 1);
    if (word.stem.count === 1) onlyHere += 1;
    if (word.stem.first < word.sentence) known += 1;
  }
  const size = Math.max(1, seen.size);
  return [
    inTitle / size,
    inTitle / Math.max(1, titleSize),
    Math.min(inTitle, 10) / 5,
    Math.min(pairs, 8) / 4,
    Math.min(repeated, 60) / 10,
    repeated / size,
    onlyHere / size,
    known / size,
    (words.length - stops) / Math.max(1, words.length),
  ];
}

const SIGHTS = [
  /\bwe\b/i,
  /\bour\b/i,
  /\d/,
  /[%×]/,
  /\(/,
  /\b(?:it|they|this|these|those|such)\b/i,
  /^(?:it|they|this|these|those|such)\b/i,
  /,/,
  /[:;]/,
];

function ofText(text: string): number[] {
  return SIGHTS.map((pattern) => Number(pattern.test(text)));
}

function ofTrimming({ start, head, tail, end }: Candidate, sentence: Sentence, { words }: Abstract, kept: number) {
  const whole = sentence.to - sentence.from;
  let before = 0;
  while (before < whole && words[sentence.from + before]!.start < start) before += 1;
  const after = end < sentence.end ? whole - before - kept : 0;
  return [
    Number(head === 'whole' && start > sentence.start),
    ...(['clause', 'thing', 'finding'] as const).map((kind) => Number(head === kind)),
    ...(['deed', 'clause', 'participle', 'means', 'mark', 'room'] as const).map((kind) => Number(tail === kind)),
    Math.min(before, 40) / 10,
    Math.min(after, 60) / 20,
    kept / Math.max(1, whole),
  ];
}

function ofCues(place: number, { offers, firstOffer, authors, firstAuthors }: Cues): number[] {
  return [
    offers[place] ?? false,
    place === firstOffer,
    firstOffer > place,
    firstOffer >= 0 && firstOffer < place,
    authors[place] ?? false,
    place === firstAuthors,
    firstAuthors > place,
  ].map(Number);
}
