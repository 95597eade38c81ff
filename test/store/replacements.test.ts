import { expect, it } from 'vitest';
import { storeDigest } from '../../src/store/store-digest.ts';
import { allPapers, entries, memory } from './fixtures.ts';

it('a new version of a paper is neither a new paper nor a second listing of a known one', async () => {
  const db = await memory();
  const listed = async (day: string, replaced: boolean) => {
    const [kites, seals] = entries(
      { title: 'Kites', arxivId: '2605.00001' },
      { title: 'Seals', arxivId: '2605.00002' },
    );
    const shown = [
      { ...kites!, announced: replaced ? ('replacement' as const) : ('new' as const) },
      { ...seals!, announced: 'replacement' as const },
    ];
    return storeDigest(db, {
      source: 'arxiv',
      origin: 'feed',
      raw: Buffer.from(day),
      digest: { layout: 'feed', date: day, entries: shown, rejected: [] },
      givenDate: null,
      readAt: new Date(`${day}T08:00:00Z`),
      readOn: day,
    });
  };
  expect(await listed('2026-06-01', false)).toMatchObject({ new: 1 });
  expect(await listed('2026-06-02', true)).toMatchObject({ new: 0 });
  const papers = await allPapers(db);
  expect(papers.map(({ title, appearances }) => [title, appearances.length])).toEqual([['Kites', 1]]);
});
