import { facts } from '../test/search/archive.ts';
import { createMatcher } from '../src/search/matcher.ts';
import { phraseWords } from '../src/search/query/words.ts';
import { isStopword } from '../src/search/text/stopwords.ts';
import { generator } from './measures.ts';
import type { Document } from './sets.ts';

/** Papers by which it is judged how much a query catches. */
const JUDGED = 2500;
/** Of those, what a topic that somebody keeps catches: one paper in 500 to 2,500. */
const MOST_CAUGHT = 5;
/** Queries that many have, the first of them most: by Zipf's law. */
const COMMON = 2000;
const SHARE_OF_COMMON = 0.5;

/**
 * What readers follow as a rule: two or three words, a phrase or an exclusion, that catch one paper in 500 to 2,500; for
 * half of the topics one of 2,000 common queries.
 */
export function typicalQueries(documents: Document[], count: number): string[] {
  const random = generator(11);
  const fitting = narrow(documents, random);
  const common = Array.from({ length: COMMON }, () => fitting.next().value ?? '');
  const total = common.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
  const popular = () => {
    let left = random() * total;
    return common.find((_, rank) => (left -= 1 / (rank + 1)) <= 0) ?? '';
  };
  return Array.from({ length: count }, () => (random() < SHARE_OF_COMMON ? popular() : (fitting.next().value ?? '')));
}

/** Everybody follows something else, however broad: three words, phrases of two, and exclusions. */
export function heavyQueries(documents: Document[], count: number): string[] {
  const random = generator(11);
  return Array.from({ length: count }, () => queryOf(wordsNear(documents, random, 3), random));
}

/** Without end, queries that catch little enough. */
function* narrow(documents: Document[], random: () => number): Generator<string, undefined> {
  const judged = documents.slice(0, JUDGED).map(({ title, abstract }) => facts({ title, abstract }));
  for (;;) {
    const queries = Array.from({ length: 50_000 }, () =>
      queryOf(wordsNear(documents, random, random() < 0.5 ? 2 : 3), random),
    );
    const matcher = createMatcher<number>(() => 1);
    queries.forEach((query, index) => matcher.add(index, query));
    const caught = new Uint32Array(queries.length);
    for (const paper of judged) for (const index of matcher.match(paper)) caught[index]! += 1;
    for (const [index, query] of queries.entries()) {
      if (caught[index]! > 0 && caught[index]! <= MOST_CAUGHT) yield query;
    }
  }
}

/** Words that stand near in a title. */
function wordsNear(documents: Document[], random: () => number, count: number): string[] {
  const title = documents[Math.floor(random() * documents.length)]?.title ?? '';
  const words = phraseWords(title).filter((word) => !isStopword(word));
  const start = Math.floor(random() * Math.max(1, words.length - count + 1));
  return words.slice(start, start + count);
}

function queryOf(near: string[], random: () => number): string {
  const kind = random();
  if (kind < 0.6) return near.join(' ');
  if (kind < 0.8) return `"${near.slice(0, 2).join(' ')}" ${near[2] ?? ''}`.trim();
  return kind < 0.9 ? `${near.join(' ')} -survey` : `"${near.join(' ')}" OR "${near.slice(0, 2).join(' ')}"`;
}
