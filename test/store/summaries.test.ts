import { expect, it } from 'vitest';
import { guildJoined, guildLeft } from '../../src/store/departed-guilds.ts';
import {
  changeSummary,
  createSummary,
  dueSummaries,
  findSummary,
  moveToRun,
  type NewSummary,
  summariesOfGuild,
} from '../../src/store/summaries.ts';
import { recordShown, papersOfPost, unshownPapers } from '../../src/store/summary-papers.ts';
import { findPost, newestPostedDate, recordEdit, recordPost } from '../../src/store/summary-posts.ts';
import { write } from '../../src/store/write.ts';
import { memory, store } from './fixtures.ts';

const NOW = new Date('2025-03-09T12:00:00Z');
const SCHEDULE = { minute: 540, days: [1, 2, 3, 4, 5], timezone: 'Europe/Berlin' };
const NEW: NewSummary = { guildId: '1', channelId: '2', readerId: '3', period: 'daily', schedule: SCHEDULE };

it('gives back what was set, with the first run', async () => {
  const db = await memory();
  const given = {
    ...NEW,
    form: 'forum post',
    topicIds: [4, 5],
    size: 'full',
    mentionRoleId: '6',
    minimum: 3,
    whenEmpty: 'silent',
    tagIds: ['7'],
  } as const;
  const summary = await createSummary(db, given, NOW);
  expect(summary).toEqual({
    ...given,
    id: 1,
    nextRun: { at: new Date('2025-03-10T08:00:00Z'), localDate: '2025-03-10' },
    startsOn: '2025-03-08',
    pausedAt: null,
    createdAt: NOW,
  });
  expect(await findSummary(db, 1)).toEqual(summary);
  expect(await summariesOfGuild(db, '1')).toEqual([summary]);
  expect(await findSummary(db, 2)).toBeNull();
  await db.destroy();
});

it('changes only what it names', async () => {
  const db = await memory();
  const before = await createSummary(db, { ...NEW, minimum: 3, mentionRoleId: '6' }, NOW);
  expect(await changeSummary(db, 1, { size: 'short' }, NOW)).toEqual({ ...before, size: 'short' });
  expect(await changeSummary(db, 1, { mentionRoleId: null }, NOW)).toEqual({
    ...before,
    size: 'short',
    mentionRoleId: null,
  });
  expect(await changeSummary(db, 9, { size: 'short' }, NOW)).toBeNull();
  expect(await changeSummary(db, 1, {}, NOW)).toMatchObject({ size: 'short' });
  await db.destroy();
});

it('starts from the newest list where that is older than a day, but never from one of long ago', async () => {
  const db = await memory();
  await store(db, [{ title: 'Owls' }], { date: '2025-03-07', readOn: '2025-03-07' });
  expect((await createSummary(db, NEW, NOW)).startsOn).toBe('2025-03-07');
  expect((await createSummary(db, { ...NEW, period: 'weekly' }, NOW)).startsOn).toBe('2025-03-02');
  expect((await createSummary(db, NEW, new Date('2025-06-01T12:00:00Z'))).startsOn).toBe('2025-05-25');
  await db.destroy();
});

it('is due from its run on, unless it is paused or the bot left the server', async () => {
  const db = await memory();
  await createSummary(db, NEW, NOW);
  const due = new Date('2025-03-10T08:00:00Z');
  expect(await dueSummaries(db, new Date(due.getTime() - 1))).toEqual([]);
  expect(await dueSummaries(db, due)).toEqual([1]);
  await guildLeft(db, '1', NOW);
  expect(await dueSummaries(db, due)).toEqual([]);
  await guildJoined(db, '1');
  await changeSummary(db, 1, { pausedAt: NOW }, NOW);
  expect(await dueSummaries(db, due)).toEqual([]);
  await db.destroy();
});

it('is moved on once from the run that it had', async () => {
  const db = await memory();
  const summary = await createSummary(db, NEW, NOW);
  const next = { at: new Date('2025-03-11T08:00:00Z'), localDate: '2025-03-11' };
  expect(await write(db, (trx) => moveToRun(trx, summary, next))).toBe(true);
  expect(await write(db, (trx) => moveToRun(trx, summary, next))).toBe(false);
  expect((await findSummary(db, 1))?.nextRun).toEqual(next);
  await db.destroy();
});

it('has one post a day, which may take the place of an empty or skipped one', async () => {
  const db = await memory();
  const day = { summaryId: 1, localDate: '2025-03-10', reason: null, plannedAt: NOW, editionJson: null };
  const record = (outcome: 'planned' | 'empty' | 'skipped') => write(db, (trx) => recordPost(trx, { ...day, outcome }));
  expect(await record('skipped')).toBe(true);
  expect(await record('empty')).toBe(false);
  expect(await newestPostedDate(db, 1)).toBeNull();
  expect(await record('planned')).toBe(true);
  expect(await record('planned')).toBe(false);
  expect(await record('skipped')).toBe(false);
  expect(await newestPostedDate(db, 1)).toBe('2025-03-10');
  const post = await findPost(db, 1, '2025-03-10');
  if (!post) throw new Error('There is no post.');
  expect(await write(db, (trx) => recordEdit(trx, post, '{}', NOW))).toBe(true);
  expect(await write(db, (trx) => recordEdit(trx, post, '{}', NOW))).toBe(false);
  await db.destroy();
});

it('knows which papers of which lists it has not shown', async () => {
  const db = await memory();
  await store(db, [{ title: 'Owls' }, { title: 'Larks' }], { date: '2025-03-10' });
  await store(db, [{ title: 'Herons' }, { title: 'Owls' }], { date: '2025-03-11' });
  await store(db, [{ title: 'Dodos' }], { date: '2025-02-01' });
  expect(await unshownPapers(db, 1, '2025-03-10', 10)).toEqual([
    { paperId: 3, listDay: '2025-03-11', position: 1 },
    { paperId: 1, listDay: '2025-03-10', position: 1 },
    { paperId: 2, listDay: '2025-03-10', position: 2 },
  ]);
  await write(db, (trx) => recordShown(trx, 1, [1, 3], '2025-03-11'));
  await write(db, (trx) => recordShown(trx, 1, [1, 2], '2025-03-12'));
  expect(await unshownPapers(db, 1, '2025-03-10', 10)).toEqual([]);
  expect(await papersOfPost(db, 1, '2025-03-11')).toEqual([1, 3]);
  expect(await papersOfPost(db, 1, '2025-03-12')).toEqual([2]);
  expect(await unshownPapers(db, 2, '2025-03-10', 1)).toHaveLength(1);
  await db.destroy();
});
