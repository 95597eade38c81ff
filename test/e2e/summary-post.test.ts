import { ChannelType } from 'discord.js';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { summaryRendering } from '../../src/discord/render/summary.ts';
import { createSearch } from '../../src/search/search.ts';
import { createSummary, type NewSummary } from '../../src/store/summaries.ts';
import { gistOf } from '../../src/summaries/gist/gist.ts';
import { planSummaryEdits } from '../../src/summaries/plan-edits.ts';
import { planSummaries } from '../../src/summaries/plan-summaries.ts';
import { openWorld, type World } from '../outbox/world.ts';
import { LANTERN, manyPapers, store } from './bot.ts';

const DAY = '2025-06-12';
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** A clock that goes on by itself from a moment that can be set. */
function settableClock() {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    set: (moment: string) => void (offset = Date.parse(moment) - Date.now()),
  };
}

async function summaries({ db }: World, now: () => Date, settings: Partial<NewSummary>[]) {
  await store(db, DAY, [...manyPapers(20), LANTERN]);
  const search = await createSearch({ db, log: silentLog });
  const schedule = { minute: 540, days: EVERY_DAY, timezone: 'Europe/Berlin' };
  for (const given of settings) {
    const place = { guildId: '1', channelId: '2', readerId: '3' };
    await createSummary(db, { ...place, period: 'daily', schedule, ...given }, now());
  }
  const planning = { db, search, clock: now, log: silentLog, render: summaryRendering, gistOf };
  return { plan: () => planSummaries(planning), planEdits: () => planSummaryEdits(planning) };
}

function messagesIn({ preview }: World, channelId: string) {
  return preview.world.messages(channelId);
}

it('is posted once through a restart, in a channel, a forum and an announcement channel, and edited in its place', async () => {
  const clock = settableClock();
  clock.set(`${DAY}T06:00:00Z`);
  const world = await openWorld({ clock: clock.now });
  const text = world.channel('papers');
  const forum = world.channel('daily papers', ChannelType.GuildForum);
  const news = world.channel('news', ChannelType.GuildAnnouncement);
  const { plan, planEdits } = await summaries(world, clock.now, [
    { channelId: text },
    { channelId: forum, form: 'forum post' },
    { channelId: news, form: 'announcement' },
  ]);
  expect(await plan()).toBe(0);
  clock.set(`${DAY}T07:00:00Z`);
  expect(await plan()).toBe(3);
  const stop = await world.start();
  await expect.poll(() => world.states()).toEqual(['sent', 'sent', 'sent']);
  await stop();
  expect(await plan()).toBe(0);

  const [post, ...others] = messagesIn(world, text);
  expect(others).toEqual([]);
  expect(post?.embeds.map(({ title }) => title)).toContain('Thursday, 12 June 2025');
  expect(JSON.stringify(post?.embeds)).toContain('21 new papers');
  expect((await world.forumPosts(forum)).map(({ name }) => name)).toEqual(['Papers: Thursday, 12 June 2025']);
  expect(messagesIn(world, news)).toHaveLength(1);

  await world.db
    .updateTable('papers')
    .set({ title: 'Lantern, renamed' })
    .where('arxiv_id', '=', '2506.01234')
    .execute();
  clock.set(`${DAY}T08:01:00Z`);
  expect(await planEdits()).toBe(3);
  const again = await world.start();
  await expect.poll(() => world.states()).toEqual(Array.from({ length: 6 }, () => 'sent'));
  await again();
  const [edited, ...more] = messagesIn(world, text);
  expect(more).toEqual([]);
  expect(edited?.id).toBe(post?.id);
  expect(JSON.stringify(edited?.embeds)).toContain('Lantern, renamed');
});
