import { l, n } from 'js-rouge';
import { type Rouge, rougeWords } from './rouge.ts';

/** The same measures by the npm package `js-rouge`, with the words of `rouge-score` and each text as one sentence. */
export function publishedRouge(candidate: string, reference: string): Rouge {
  if (rougeWords(candidate).length === 0 || rougeWords(reference).length === 0) return [0, 0, 0];
  const options = { tokenizer: rougeWords };
  return [
    n(candidate, reference, { ...options, n: 1 }),
    n(candidate, reference, { ...options, n: 2 }),
    l(candidate, reference, { ...options, segmenter: (text: string) => [text] }),
  ];
}
