import { sentences } from '../../search/text/sentences.ts';
import { stemOf } from '../../search/text/stem.ts';
import { isStopword } from '../../search/text/stopwords.ts';
import { type Token, tokens } from '../../search/text/tokens.ts';

/** What the words of an abstract with one stem have in common. */
export interface Stem {
  id: number;
  isStop: boolean;
  inTitle: boolean;
  /** How often it is there. */
  count: number;
  /** In how many sentences, and in which of them first and last. */
  sentences: number;
  first: number;
  last: number;
}

export interface Word {
  start: number;
  end: number;
  stem: Stem;
  /** The sentence it is in. */
  sentence: number;
  /** It follows the word before it in the title too. */
  pairInTitle: boolean;
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
  const titleWords = simpleTokens(title);
  const titleStems = titleWords.map(({ word }) => stemOf(word));
  const inTitle = new Set(titleStems);
  const pairs = new Set(titleStems.slice(1).map((stem, index) => `${titleStems[index]} ${stem}`));
  const known = new Map<string, Stem>();
  const found = simpleTokens(text);
  const words: Word[] = [];
  const split = sentences(text).map(({ start, end }, sentence): Sentence => {
    const from = words.length;
    let before = '';
    for (let token = found[from]; token && token.end <= end; token = found[words.length]) {
      const stem = stemOf(token.word);
      const pairInTitle = inTitle.has(stem) && pairs.has(`${before} ${stem}`);
      let shared = known.get(stem);
      if (!shared) {
        const isStop = isStopword(token.word);
        const first = sentence;
        shared = { id: known.size, isStop, inTitle: inTitle.has(stem), count: 0, sentences: 0, first, last: -1 };
        known.set(stem, shared);
      }
      count(shared, sentence);
      words.push({ start: token.start, end: token.end, stem: shared, sentence, pairInTitle });
      before = stem;
    }
    return { start, end, from, to: words.length, text: text.slice(start, end) };
  });
  const titleSize = new Set(titleStems.filter((_, index) => !isStopword(titleWords[index]!.word))).size;
  return { text, sentences: split, words, titleSize };
}

function count(stem: Stem, sentence: number): void {
  stem.count += 1;
  if (stem.last !== sentence) stem.sentences += 1;
  stem.last = sentence;
}

function simpleTokens(text: string): Token[] {
  return tokens(text).filter(({ whole }) => !whole);
}
