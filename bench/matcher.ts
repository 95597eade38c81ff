import { facts } from '../test/search/archive.ts';
import { createMatcher } from '../src/search/matcher.ts';
import { phraseWords } from '../src/search/query/words.ts';
import { stemOf } from '../src/search/text/stem.ts';
import { isStopword } from '../src/search/text/stopwords.ts';
import { latency, ms } from './latency.ts';
import { generator } from './measures.ts';
import type { Document } from './sets.ts';
import { print, printTable } from './table.ts';

const PAPERS = 1000;

/** Measures how long one paper takes to be matched against stored queries, made of words that stand near in titles. */
export async function measureMatcher(documents: Document[]): Promise<void> {
  const frequencies = new Map<string, number>();
  for (const { title, abstract } of documents.slice(0, 5000)) {
    for (const stem of new Set(phraseWords(`${title} ${abstract}`).map(stemOf)))
      frequencies.set(stem, (frequencies.get(stem) ?? 0) + 1);
  }
  const rows: string[][] = [];
  for (const count of [1000, 10_000, 100_000]) {
    const matcher = createMatcher<number>((stem) => frequencies.get(stem) ?? 0);
    storedQueries(documents, count).forEach((query, id) => matcher.add(id, query));
    const papers = documents.slice(-PAPERS).map(({ title, abstract }) => facts({ title, abstract }));
    let found = 0;
    const { p50, p99 } = await latency(papers, (paper) => (found += matcher.match(paper).length), { warmUp: PAPERS });
    rows.push([String(count), ms(p50), ms(p99), (found / PAPERS / 2).toFixed(1)]);
  }
  print('Matching one paper against stored queries (milliseconds)');
  printTable(['queries', 'p50', 'p99', 'matches a paper'], rows);
}

function storedQueries(documents: Document[], count: number): string[] {
  const random = generator(7);
  return Array.from({ length: count }, () => {
    const title = documents[Math.floor(random() * documents.length)]?.title ?? '';
    const words = phraseWords(title).filter((word) => !isStopword(word));
    const start = Math.floor(random() * (words.length - 1));
    const near = words.slice(start, start + 2 + Math.floor(random() * 2));
    const kind = random();
    if (kind < 0.75) return near.join(' ');
    if (kind < 0.9) return `"${near.join(' ')}"`;
    return kind < 0.98 ? `${near.join(' ')} -survey` : near.join(' OR ');
  });
}
