import { sentences } from '../src/search/text/sentences.ts';
import type { Document } from './sets.ts';

/** As many documents as asked for: real ones first, then new ones whose sentences come from several real ones. */
export function* grown(documents: Document[], count: number): Iterable<Document> {
  yield* documents.slice(0, count);
  const split = documents.map(({ abstract }) =>
    sentences(abstract).map(({ start, end }) => abstract.slice(start, end)),
  );
  for (let number = documents.length; number < count; number++) {
    const round = Math.floor(number / documents.length);
    const place = number % documents.length;
    const abstract = (split[place] ?? []).map((own, index) => {
      const others = split[(place * 7919 + round * 104_729 + index * 31) % documents.length] ?? [];
      return index % 2 === 0 ? own : (others[index % others.length] ?? own);
    });
    yield { id: `grown-${number}`, title: documents[place]?.title ?? '', abstract: abstract.join(' ') };
  }
}
