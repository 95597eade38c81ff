import type { Line } from './lines.ts';

// Observed: titles up to some 150 characters, abstracts from one sentence up. arXiv's longest titles have about 250.
const LONGEST_TITLE = 250;
const LONGEST_TEXT_WITHOUT_SENTENCES = 500;

const STOP = /(?:(?![?!؟？！])\p{STerm}|…)(?=["'”’»)\]]*(?:\s|$))|[。]/gu;
const FINAL_STOP = /(?:(?![?!؟？！])\p{STerm}|…)["'”’»)\]}*_$]*$/u;
const FINAL_SENTENCE_END = /[\p{STerm}…]["'”’»)\]}*_$]*$/u;
const SOME_LETTERS = /(?:[\p{L}\p{N}][^\p{L}\p{N}]*){4}/u;
const ADDRESS = /:\/\/|^www\.|[\w-]\.[a-z]{2,}\//i;
const LONGEST_ENDING = 200;

/** Whether no title is like this: several sentences, or hundreds of characters more than the longest titles have. */
export function isTooLongForTitle(text: string): boolean {
  if (text.length <= LONGEST_TITLE) return false;
  return text.length > LONGEST_TEXT_WITHOUT_SENTENCES || hasSeveralSentences(text);
}

/** Whether hardly any abstract is like this: short, and neither a sentence nor several. */
export function isTitleLike(text: string): boolean {
  return text.length <= LONGEST_TITLE && !endsWithStop(text) && !hasSeveralSentences(text);
}

/** Whether few titles are like this: words that end with a full stop, or several sentences. */
export function isSentenceLike(text: string): boolean {
  return hasSeveralSentences(text) || (endsWithStop(text) && /\s/.test(text));
}

/** Whether a text stops where texts stop: at the end of a sentence, or with an address (as many abstracts do). */
export function endsLikeText(text: string): boolean {
  const ending = text.slice(-LONGEST_ENDING);
  return FINAL_SENTENCE_END.test(ending) || ADDRESS.test(ending.slice(ending.lastIndexOf(' ') + 1));
}

/** Whether looks tell titles and abstracts apart on a page: nearly half its lines are too long for titles, the rest title-like. */
export function looksAreClear(lines: readonly Line[]): boolean {
  const long = lines.filter(({ text }) => isTooLongForTitle(text)).length;
  const titleLike = lines.filter(({ text }) => isTitleLike(text)).length;
  return long >= 4 && long >= 0.4 * lines.length && long + titleLike >= 0.95 * lines.length;
}

function endsWithStop(text: string): boolean {
  const ending = text.slice(-LONGEST_ENDING);
  return FINAL_STOP.test(ending) && SOME_LETTERS.test(ending);
}

/** Questions and exclamations do not count: titles consist of them. */
function hasSeveralSentences(text: string): boolean {
  STOP.lastIndex = 0;
  return STOP.test(text) && STOP.test(text);
}

/** The number of blank lines that usually stands between two texts of a page: 1 on a clean page that has any. */
export function usualGap(lines: readonly Line[]): number {
  const gaps = lines.map(({ gap }) => gap).filter((gap) => gap > 0);
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1;
}
