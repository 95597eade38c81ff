import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays } from '../../src/core/dates.ts';
import { guildLeft } from '../../src/store/departed-guilds.ts';
import { changeSummary } from '../../src/store/summaries.ts';
import { findPost } from '../../src/store/summary-posts.ts';
import { type Known, store } from '../store/fixtures.ts';
import { summaryWorld } from './world.ts';

let world: Awaited<ReturnType<typeof summaryWorld>>;
beforeEach(async () => {
  world = await summaryWorld();
  await list(
    { title: 'Owls', arxivId: '2503.00001', upvotes: 10 },
    { title: 'Larks', arxivId: '2503.00002', upvotes: 4 },
  );
  await world.set();
  world.at('2025-03-10T08:00:00Z');
  await world.plan();
});
afterEach(() => world.db.destroy());

/** The list of the day as it is read again. */
function list(...papers: Known[]) {
  return store(world.db, papers, { date: '2025-03-10', readOn: '2025-03-10' });
}

async function edits() {
  return (await world.messages()).slice(1);
}

it('edits a post when a paper is talked about much more than it shows, every six hours at most', async () => {
  await list({ title: 'Owls', arxivId: '2503.00001', upvotes: 25 });
  world.at('2025-03-10T13:59:00Z');
  expect(await world.planEdits()).toBe(0);
  world.at('2025-03-10T14:00:00Z');
  expect(await world.planEdits()).toBe(1);
  expect(await edits()).toMatchObject([
    { subject: 'summary:1:2025-03-10:edit:1', form: 'edit', payload: { day: '2025-03-10', total: 2 } },
  ]);
  await list({ title: 'Owls', arxivId: '2503.00001', upvotes: 60 });
  world.at('2025-03-10T15:00:00Z');
  expect(await world.planEdits()).toBe(0);
  world.at('2025-03-10T20:00:00Z');
  expect(await world.planEdits()).toBe(1);
  expect(await world.planEdits()).toBe(0);
  expect(await findPost(world.db, 1, '2025-03-10')).toMatchObject({ edits: 2, editedAt: world.time.now });
});

it('lets a few votes more be', async () => {
  await list(
    { title: 'Owls', arxivId: '2503.00001', upvotes: 14 },
    { title: 'Larks', arxivId: '2503.00002', upvotes: 13 },
  );
  world.at('2025-03-11T07:00:00Z');
  expect(await world.planEdits()).toBe(0);
});

it('edits a post within the hour when a paper is renamed or withdrawn', async () => {
  await world.db.updateTable('papers').set({ title: 'Barn owls' }).where('arxiv_id', '=', '2503.00001').execute();
  world.at('2025-03-10T08:30:00Z');
  expect(await world.planEdits()).toBe(0);
  world.at('2025-03-10T09:00:00Z');
  expect(await world.planEdits()).toBe(1);
  await world.db
    .updateTable('papers')
    .set({ withdrawn_on: '2025-03-10' })
    .where('arxiv_id', '=', '2503.00002')
    .execute();
  world.at('2025-03-10T10:00:00Z');
  expect(await world.planEdits()).toBe(1);
  const [renamed] = await edits();
  expect(renamed?.payload['groups']).toEqual([['discussed', '', 'Barn owls', 'Larks']]);
});

it('leaves out a paper that is gone', async () => {
  await world.db.deleteFrom('papers').where('arxiv_id', '=', '2503.00001').execute();
  world.at('2025-03-10T09:00:00Z');
  expect(await world.planEdits()).toBe(1);
  expect((await edits())[0]?.payload['groups']).toEqual([['discussed', '', 'Larks']]);
  world.at('2025-03-10T12:00:00Z');
  expect(await world.planEdits()).toBe(0);
});

it('keeps a post up to date for three days, and edits it no more than twelve times', async () => {
  const rename = (title: string) =>
    world.db.updateTable('papers').set({ title }).where('arxiv_id', '=', '2503.00001').execute();
  let planned = 0;
  for (let hour = 1; hour <= 15; hour += 1) {
    await rename(`Owls, version ${hour}`);
    world.at(new Date(Date.parse('2025-03-10T08:00:00Z') + hour * 3_600_000).toISOString());
    planned += await world.planEdits();
  }
  expect(planned).toBe(12);
  await world.set();
  world.at(`${addDays('2025-03-10', 1)}T08:00:00Z`);
  await world.plan();
  await rename('Owls at last');
  world.at('2025-03-15T09:00:00Z');
  expect(await world.planEdits()).toBe(0);
});

it('edits nothing where the post is not, after its summary moved to another channel', async () => {
  await changeSummary(world.db, 1, { channelId: '99' }, world.time.now);
  await world.db.updateTable('papers').set({ title: 'Barn owls' }).where('arxiv_id', '=', '2503.00001').execute();
  world.at('2025-03-10T09:00:00Z');
  expect(await world.planEdits()).toBe(0);
  expect(await edits()).toEqual([]);
});

it('edits nothing in a server that the bot left', async () => {
  await guildLeft(world.db, '1', world.time.now);
  await world.db.deleteFrom('papers').where('arxiv_id', '=', '2503.00001').execute();
  world.at('2025-03-10T09:00:00Z');
  expect(await world.planEdits()).toBe(0);
});

it('plans an edit once when several processes look at the same time', async () => {
  await world.db.updateTable('papers').set({ title: 'Barn owls' }).where('arxiv_id', '=', '2503.00001').execute();
  world.at('2025-03-10T09:00:00Z');
  const counts = await Promise.all([world.planEdits(), world.planEdits(), world.planEdits()]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await edits()).toHaveLength(1);
});
