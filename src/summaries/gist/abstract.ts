import { sentences } from '../../search/text/sentences.ts';
import { stemOf } from '../../search/text/stem.ts';
import { isStopword } from '../../search/text/stopwords.ts';
import { type Token, tokens } from '../../search/text/tokens.ts';

/** One word of an abstract, with what its place in the abstract and in the title tells. */
export interface Word {
  start: number;
  end: number;
  /** The same number for the same stem. */
  stem: number;
  isStop: boolean;
  inTitle: boolean;
  /** It follows the word before it in the title too. */
  pairInTitle: boolean;
  /** Whether an earlier sentence has it. */
  isKnown: boolean;
  /** In how many sentences it is. */
  sentences: number;
  /** How often it is there. */
  count: number;
}

export interface Sentence {
  start: number;
  end: number;
  /** Its first word, and the first of the next sentence. */
  from: number;
  to: number;
  text: string;
}

/** An abstract as the ranker sees it. */
export interface Abstract {
  text: string;
  sentences: Sentence[];
  words: Word[];
  /** How many different stems the title has, stopwords not counted. */
  titleSize: number;
}

/** Of a longer text the rest is not read, in characters; abstracts have up to some 3,000. */
const LONGEST_ABSTRACT = 10_000;

/** The text of an abstract with single spaces, cut after a word where it is no abstract any more. */
export function plainAbstract(abstract: string): string {
  const start = abstract
    .slice(0, LONGEST_ABSTRACT * 2)
    .replace(/\s+/g, ' ')
    .trim();
  if (start.length <= LONGEST_ABSTRACT) return start;
  return start.slice(0, Math.max(0, start.lastIndexOf(' ', LONGEST_ABSTRACT)));
}

/** `text` has single spaces. */
export function analyse(title: string, text: string): Abstract {
  const titleTokens = simpleTokens(title);
  const titleStems = titleTokens.map(({ word }) => stemOf(word));
  const titleWords = new Set(titleStems);
  const inTitle = new Set(titleTokens.filter(({ word }) => !isStopword(word)).map(({ word }) => stemOf(word)));
  const pairs = new Set(titleStems.slice(1).map((stem, index) => `${titleStems[index]} ${stem}`));
  const found = simpleTokens(text);
  const stems = found.map(({ word }) => stemOf(word));
  const split = withWords(text, found);
  const counts = countsOf(stems, split);
  const words = found.map(({ start, end, word }, index): Word => {
    const stem = stems[index]!;
    const { id, count, sentences, first } = counts.get(stem)!;
    return {
      start,
      end,
      stem: id,
      isStop: isStopword(word),
      inTitle: inTitle.has(stem),
      pairInTitle: index > 0 && titleWords.has(stem) && pairs.has(`${stems[index - 1]} ${stem}`),
      isKnown: start > (split[first]?.end ?? 0),
      sentences,
      count,
    };
  });
  return { text, sentences: split, words, titleSize: inTitle.size };
}

function simpleTokens(text: string): Token[] {
  return tokens(text).filter(({ whole }) => !whole);
}

function withWords(text: string, words: readonly { end: number }[]): Sentence[] {
  let to = 0;
  return sentences(text).map(({ start, end }) => {
    const from = to;
    while ((words[to]?.end ?? Infinity) <= end) to += 1;
    return { start, end, from, to, text: text.slice(start, end) };
  });
}

interface Count {
  id: number;
  count: number;
  sentences: number;
  first: number;
  last: number;
}

function countsOf(stems: readonly string[], split: readonly Sentence[]): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const [number, { from, to }] of split.entries()) {
    for (let at = from; at < to; at++) {
      const known = counts.get(stems[at]!);
      if (!known) {
        counts.set(stems[at]!, { id: counts.size, count: 1, sentences: 1, first: number, last: number });
        continue;
      }
      known.count += 1;
      if (known.last !== number) known.sentences += 1;
      known.last = number;
    }
  }
  return counts;
}
