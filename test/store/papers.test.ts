import { expect, it } from 'vitest';
import {
  countPapers,
  findPaper,
  findPaperByArxivId,
  findPapers,
  findPapersByTitle,
  newestSequence,
  papersAddedAfter,
  papersChangedAfter,
} from '../../src/store/papers.ts';
import { memory, store } from './fixtures.ts';

const titlesOf = (rows: { paper: { title: string } }[]) => rows.map(({ paper }) => paper.title);

it('papers are found by id in the order asked for; unknown ones are left out', async () => {
  const db = await memory();
  await store(db, [{ title: 'A' }, { title: 'B' }, { title: 'C' }]);
  expect((await findPapers(db, [3, 99, 1, 3])).map(({ title }) => title)).toEqual(['C', 'A', 'C']);
  expect(await findPapers(db, [])).toEqual([]);
  expect(await findPaper(db, 2)).toMatchObject({ title: 'B' });
  expect(await findPaper(db, 99)).toBeNull();
  expect(await countPapers(db)).toBe(3);
});

it('papers are found by arXiv id and by title, however it is written', async () => {
  const db = await memory();
  await store(db, [
    { title: 'Café: A', arxivId: '2401.00001' },
    { title: 'Café: A', arxivId: '2401.00002' },
    { title: 'Other' },
  ]);
  expect(await findPaperByArxivId(db, '2401.00002')).toMatchObject({ id: 2 });
  expect(await findPaperByArxivId(db, '2401.00003')).toBeNull();
  expect((await findPapersByTitle(db, 'CAFE a')).map(({ id }) => id)).toEqual([1, 2]);
  expect(await findPapersByTitle(db, 'nothing like it')).toEqual([]);
});

it('more papers than one statement can name are found, with their appearances', async () => {
  const db = await memory();
  await store(
    db,
    Array.from({ length: 1300 }, (_, index) => ({ title: `T ${index}` })),
  );
  const ids = Array.from({ length: 1300 }, (_, index) => 1300 - index);
  const papers = await findPapers(db, ids);
  expect(papers.map(({ id }) => id)).toEqual(ids);
  expect(papers.every(({ appearances }) => appearances.length === 1)).toBe(true);
});

it('a follower sees every addition and every change once, page by page', async () => {
  const db = await memory();
  await store(db, [{ title: 'A' }, { title: 'B' }, { title: 'C' }]);
  const first = await papersChangedAfter(db, 0, 2);
  expect(titlesOf(first)).toEqual(['A', 'B']);
  await store(db, [{ title: 'A', abstract: 'New.' }, { title: 'D' }]);
  expect(titlesOf(await papersChangedAfter(db, first[1]?.sequence ?? 0, 10)).sort()).toEqual(['A', 'C', 'D']);
  expect(titlesOf(await papersAddedAfter(db, first[1]?.sequence ?? 0, 10))).toEqual(['C', 'D']);
  expect(await papersChangedAfter(db, await newestSequence(db), 10)).toEqual([]);
});

it('a further appearance alone is no change', async () => {
  const db = await memory();
  await store(db, [{ title: 'A' }]);
  const sequence = await newestSequence(db);
  await store(db, [{ title: 'A' }]);
  expect(await papersChangedAfter(db, sequence, 10)).toEqual([]);
  expect((await findPaper(db, 1))?.appearances).toHaveLength(2);
});
