import { describe, expect, it } from 'vitest';
import { Closeup } from '../../../src/search/index/closeup.ts';
import { GrowingSegment } from '../../../src/search/index/growing-segment.ts';
import { Statistics } from '../../../src/search/index/statistics.ts';
import { Workspace } from '../../../src/search/index/workspace.ts';
import { parseQuery } from '../../../src/search/query/parse.ts';
import { termsOf } from '../../../src/search/query/terms.ts';
import { facts } from '../archive.ts';

const FILLER = 'granite basalt marble slate shale chalk gravel pebble boulder quartz';

/** What a closer look adds to each text, for papers of one title; dealt to `parts` segments in turn. */
function extras(query: string, texts: string[], parts = 1): number[] {
  const segments = Array.from({ length: parts }, () => new GrowingSegment());
  const papers = texts.map((abstract, paper) => {
    const index = paper % parts;
    const segment = segments[index]!;
    segment.add({ ...facts({ title: 'Stone', abstract }), id: paper + 1, appearances: [] });
    return { index, slot: segment.size - 1 };
  });
  const workspace = new Workspace();
  const { words } = termsOf(parseQuery(query).node, ['title', 'abstract']);
  const placesOf = workspace.places.bind(workspace);
  return [...new Closeup(segments, words, new Statistics(segments), placesOf).extras(papers)];
}

describe('a closer look', () => {
  it('prefers words of the query that are neighbours, as written, and in one passage', () => {
    const apart = `river ${FILLER} delta`;
    const far = `river ${FILLER} ${FILLER} ${FILLER} delta`;
    const inflected = `rivers ${FILLER} deltas`;
    const [near, neighbours, distant, other] = extras('river delta', [
      apart,
      `river delta ${FILLER}`,
      far,
      inflected,
    ]) as [number, number, number, number];
    expect(neighbours).toBeGreaterThan(near);
    expect(near).toBeGreaterThan(distant);
    expect(near).toBeGreaterThan(other);
  });

  it('gains less from neighbours the more of the papers have them as neighbours', () => {
    const pair = `river delta ${FILLER}`;
    const apart = `river ${FILLER} delta`;
    const gain = (texts: string[]) => {
      const [together = 0, alone = 0] = extras('river delta', texts);
      return together - alone;
    };
    expect(gain([pair, apart, apart, apart, apart, apart])).toBeGreaterThan(
      gain([pair, apart, pair, pair, pair, pair]),
    );
  });

  it('does not depend on which segments papers are in', () => {
    const texts = [`river delta ${FILLER}`, `river ${FILLER} delta`, `delta rivers ${FILLER}`, FILLER];
    const divided = extras('river delta', texts, 3);
    extras('river delta', texts).forEach((extra, paper) => expect(divided[paper]).toBeCloseTo(extra, 5));
  });
});
