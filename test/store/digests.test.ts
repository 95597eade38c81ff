import { expect, it } from 'vitest';
import { countDigests, daysWithDigests, newestDay, newestDigest, papersOfDay } from '../../src/store/digests.ts';
import { memory, store } from './fixtures.ts';

const page = { limit: 10, offset: 0 };
const titles = ({ total, papers }: Awaited<ReturnType<typeof papersOfDay>>) => [
  total,
  ...papers.map(({ title }) => title),
];

it('an archive without digests has no days', async () => {
  const db = await memory();
  expect(await newestDay(db)).toBeNull();
  expect(await newestDigest(db)).toBeNull();
  expect(await countDigests(db)).toBe(0);
  expect(await papersOfDay(db, '2025-03-01', page)).toEqual({ total: 0, papers: [] });
});

it('days with papers come newest first; a digest without a date counts by the day it was read', async () => {
  const db = await memory();
  await store(db, [{ title: 'A' }], { date: '2025-03-01' });
  await store(db, [{ title: 'B' }], { date: null, readOn: '2025-03-05' });
  await store(db, [{ title: 'C' }], { date: '2025-03-03' });
  await store(db, [{ title: 'D' }], { date: '2025-03-03' });
  await store(db, [], { date: '2025-03-08' });
  expect(await daysWithDigests(db, 10)).toEqual(['2025-03-05', '2025-03-03', '2025-03-01']);
  expect(await daysWithDigests(db, 2)).toHaveLength(2);
  expect(await newestDay(db)).toBe('2025-03-05');
  expect(titles(await papersOfDay(db, '2025-03-05', page))).toEqual([1, 'B']);
  expect(await countDigests(db)).toBe(5);
});

it('the newest digest is that of the newest day, whenever it was read', async () => {
  const db = await memory();
  await store(db, [{ title: 'A' }], { date: '2025-03-04', source: 'inbox' });
  await store(db, [{ title: 'A' }], { date: '2025-03-01' });
  expect(await newestDigest(db)).toEqual({
    id: 1,
    source: 'inbox',
    origin: 'page.txt',
    layout: 'spaced',
    date: '2025-03-04',
    readAt: new Date('2025-03-11T08:00:00Z'),
  });
});

it('a day lists each paper once: the order of the digest read last, then what only earlier ones show', async () => {
  const db = await memory();
  await store(db, [{ title: 'A' }, { title: 'B' }, { title: 'C' }]);
  await store(db, [{ title: 'C' }, { title: 'D' }, { title: 'A' }, { title: 'c' }]);
  expect(titles(await papersOfDay(db, '2025-03-10', page))).toEqual([4, 'C', 'D', 'A', 'B']);
  expect(titles(await papersOfDay(db, '2025-03-10', { limit: 2, offset: 1 }))).toEqual([4, 'D', 'A']);
  expect(titles(await papersOfDay(db, '2025-03-10', { limit: 2, offset: 9 }))).toEqual([4]);
});
