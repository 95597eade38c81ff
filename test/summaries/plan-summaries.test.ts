import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/dates.ts';
import { nextRun } from '../../src/core/local-schedule.ts';
import { timezones } from '../../src/core/zones.ts';
import { openDatabase } from '../../src/store/database.ts';
import { disableDestination, enableDestination } from '../../src/store/disabled-destinations.ts';
import { recordLook } from '../../src/store/source-states.ts';
import { changeSummary, createSummary, findSummary, removeSummary } from '../../src/store/summaries.ts';
import { findPost, lastPosts } from '../../src/store/summary-posts.ts';
import { createTopic } from '../../src/store/topics.ts';
import { planSummaries } from '../../src/summaries/plan-summaries.ts';
import { engine, newDatabaseUrl } from '../helpers/databases.ts';
import { store } from '../store/fixtures.ts';
import { EVERY_DAY, messages, NINE_IN_BERLIN, NOW, summary, summaryWorld } from './world.ts';

const open: { destroy: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.destroy();
});

async function worldWith(...days: [date: string, titles: string[]][]) {
  const world = await summaryWorld();
  open.push(world.db);
  for (const [date, titles] of days) await list(world, date, titles);
  return world;
}

type World = Awaited<ReturnType<typeof summaryWorld>>;

function list({ db }: Pick<World, 'db'>, date: string, titles: string[]) {
  return store(
    db,
    titles.map((title) => ({ title })),
    { date, readOn: date },
  );
}

describe('a summary', () => {
  it('is posted at its time, once, with what the lists brought since the day before', async () => {
    const world = await worldWith(['2025-03-08', ['Herons']], ['2025-03-10', ['Owls', 'Larks']]);
    await world.set();
    world.at('2025-03-10T07:59:30Z');
    expect(await world.plan()).toBe(0);
    world.at('2025-03-10T08:00:10Z');
    expect(await world.plan()).toBe(1);
    expect(await world.plan()).toBe(0);
    expect(await world.messages()).toEqual([
      {
        subject: 'summary:1:2025-03-10',
        form: 'message',
        payload: { day: '2025-03-10', total: 3, late: 0, groups: [['others', '', 'Owls', 'Larks', 'Herons']] },
      },
    ]);
    const post = await findPost(world.db, 1, '2025-03-10');
    expect(post).toMatchObject({ outcome: 'planned', deliveryId: 1, plannedAt: new Date('2025-03-10T08:00:10Z') });
    expect((await findSummary(world.db, 1))?.nextRun.localDate).toBe('2025-03-11');
  });

  it('shows each paper once, the rest of a list that filled later, and marks what came after its day was over', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    await list(world, '2025-03-10', ['Owls', 'Larks']);
    await list(world, '2025-03-09', ['Herons']);
    await list(world, '2025-02-20', ['Dodos']);
    world.at('2025-03-11T08:00:00Z');
    await world.plan();
    const [, second] = await world.messages();
    expect(second?.payload).toMatchObject({ total: 2, late: 1, groups: [['others', '', 'Larks', 'Herons']] });
  });

  it('waits for so many papers as make a post, and forgets none of them', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set({ minimum: 2 });
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    await list(world, '2025-03-11', ['Larks']);
    world.at('2025-03-11T08:00:00Z');
    await world.plan();
    expect(
      (await world.messages()).map(({ subject, payload }) => [subject, payload['notice'] ?? payload['total']]),
    ).toEqual([
      ['summary:1:2025-03-10:empty', 'few'],
      ['summary:1:2025-03-11', 2],
    ]);
  });

  it('says why nothing came, or is silent, as set', async () => {
    const world = await worldWith();
    await world.set();
    await world.set({ whenEmpty: 'silent' });
    const look = { problem: null, nextTryAt: null, isFresh: false, staleAfter: () => null };
    const reasons: [string, Parameters<typeof recordLook>[2]][] = [
      ['rest', { ...look, outcome: 'read', rest: 'the weekend' }],
      ['trouble', { ...look, outcome: 'failed', rest: null }],
      ['trouble', { ...look, outcome: 'read', rest: null, isFresh: true, staleAfter: () => NOW }],
      ['nothing new', { ...look, outcome: 'read', rest: null }],
    ];
    for (const [index, [, taken]] of reasons.entries()) {
      world.at(`2025-03-${10 + index}T08:00:00Z`);
      await recordLook(world.db, 'arxiv', taken, world.time.now);
      await world.plan();
    }
    expect((await world.messages()).map(({ payload }) => payload)).toEqual(
      reasons.map(([reason]) => ({ notice: reason })),
    );
    const silent = await lastPosts(world.db, 2, 10);
    expect(silent.map(({ outcome, reason, deliveryId }) => [outcome, reason, deliveryId])).toEqual(
      reasons.toReversed().map(([reason]) => ['empty', reason, null]),
    );
  });

  it('is a post of its own in a forum, with its tags, and an announcement where one was asked for', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set({ form: 'forum post', tagIds: ['77'] });
    await world.set({ form: 'announcement', channelId: '5' });
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    const [forum, announcement] = await world.messages();
    expect(forum).toMatchObject({
      form: 'forum post',
      payload: { name: 'Papers of 2025-03-10', applied_tags: ['77'] },
    });
    expect(announcement).toMatchObject({ form: 'announcement', payload: { total: 1 } });
  });

  it('puts what the topics of its channel match first', async () => {
    const world = await worldWith(['2025-03-10', ['Owls', 'Larks at dawn', 'Herons']]);
    const place = { destination: { kind: 'channel', id: '2' }, guildId: '1', readerId: '3' } as const;
    await createTopic(world.db, { ...place, name: 'mornings', query: 'dawn' }, NOW);
    const other = await createTopic(
      world.db,
      { ...place, destination: { kind: 'channel', id: '9' }, name: 'owls', query: 'owl' },
      NOW,
    );
    await world.set();
    await world.set({ topicIds: [other.id] });
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    expect((await world.messages()).map(({ payload }) => payload['groups'])).toEqual([
      [
        ['topics', '', 'Larks at dawn'],
        ['others', '', 'Owls', 'Herons'],
      ],
      [
        ['topics', '', 'Owls'],
        ['others', '', 'Larks at dawn', 'Herons'],
      ],
    ]);
  });
});

describe('a bot that was down', () => {
  it('posts when it is back within six hours, and else skips the day and says why', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    world.at('2025-03-12T13:59:00Z');
    expect(await world.plan()).toBe(1);
    const posts = await lastPosts(world.db, 1, 10);
    expect(posts.map(({ localDate, outcome, reason }) => [localDate, outcome, reason])).toEqual([
      ['2025-03-12', 'planned', null],
      ['2025-03-11', 'skipped', 'Paperboy was away when it was due, Tue 11 Mar 09:00 Europe/Berlin.'],
      ['2025-03-10', 'skipped', 'Paperboy was away when it was due, Mon 10 Mar 09:00 Europe/Berlin.'],
    ]);
    expect((await world.messages()).map(({ payload }) => payload['total'])).toEqual([1]);
  });

  it('posts a weekly summary within a day', async () => {
    const world = await worldWith(['2025-03-05', ['Owls']], ['2025-03-10', ['Larks']]);
    await world.set({ period: 'weekly', schedule: { ...NINE_IN_BERLIN, days: [1] } });
    world.at('2025-03-11T07:30:00Z');
    expect(await world.plan()).toBe(1);
    expect((await world.messages())[0]).toMatchObject({ subject: 'summary:1:2025-03-10', payload: { total: 2 } });
  });
});

describe('a summary that is due', () => {
  it('is skipped while its channel is closed, and what it would have shown comes later', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    const channel = { kind: 'channel', id: '2' } as const;
    await disableDestination(world.db, channel, { code: '50013', words: 'Paperboy may not post in the channel.' }, NOW);
    world.at('2025-03-10T08:00:00Z');
    expect(await world.plan()).toBe(0);
    await enableDestination(world.db, channel);
    world.at('2025-03-11T08:00:00Z');
    expect(await world.plan()).toBe(1);
    const reasons = (await lastPosts(world.db, 1, 2)).map(({ reason }) => reason);
    expect(reasons).toEqual([null, 'Paperboy could not post: Paperboy may not post in the channel.']);
  });

  it('waits while it is paused, and then starts from the papers of now', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    await changeSummary(world.db, 1, { pausedAt: NOW }, NOW);
    world.at('2025-03-20T12:00:00Z');
    expect(await world.plan()).toBe(0);
    await list(world, '2025-03-20', ['Larks']);
    await changeSummary(world.db, 1, { pausedAt: null }, world.time.now);
    world.at('2025-03-21T08:00:00Z');
    expect(await world.plan()).toBe(1);
    expect((await world.messages()).map(({ payload }) => payload['total'])).toEqual([1]);
  });

  it('does not hold up the others when it cannot be planned', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    await world.set();
    await world.db.updateTable('summaries').set({ topics_json: 'broken' }).where('id', '=', 1).execute();
    world.at('2025-03-10T08:00:00Z');
    expect(await world.plan()).toBe(1);
    expect((await world.messages()).map(({ subject }) => subject)).toEqual(['summary:2:2025-03-10']);
  });

  it('leaves nothing behind when it is removed', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    expect(await removeSummary(world.db, 1)).toBe(true);
    expect(await removeSummary(world.db, 1)).toBe(false);
    for (const table of ['summaries', 'summary_posts', 'summary_papers'] as const) {
      expect(await world.db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });
});

describe('postNow', () => {
  it('posts today’s papers at once, and the schedule does not repeat them', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    world.at('2025-03-10T07:00:00Z');
    expect(await world.postNow(1)).toEqual({ kind: 'posted', localDate: '2025-03-10' });
    expect(await world.postNow(1)).toEqual({ kind: 'posted before', localDate: '2025-03-10' });
    await list(world, '2025-03-10', ['Owls', 'Larks']);
    world.at('2025-03-10T08:00:00Z');
    expect(await world.plan()).toBe(0);
    world.at('2025-03-11T08:00:00Z');
    expect(await world.plan()).toBe(1);
    expect((await world.messages()).map(({ payload }) => payload['groups'])).toEqual([
      [['others', '', 'Owls']],
      [['others', '', 'Larks']],
    ]);
  });

  it('posts on a day that was empty before', async () => {
    const world = await worldWith();
    await world.set();
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    expect(await world.postNow(1)).toEqual({ kind: 'nothing', why: { kind: 'nothing new' } });
    await list(world, '2025-03-10', ['Owls']);
    expect(await world.postNow(1)).toMatchObject({ kind: 'posted' });
    expect((await findPost(world.db, 1, '2025-03-10'))?.outcome).toBe('planned');
    expect(await world.postNow(404)).toEqual({ kind: 'gone' });
  });

  it('keeps the promise of a new time for the next day only', async () => {
    const world = await worldWith(['2025-03-10', ['Owls']]);
    await world.set();
    world.at('2025-03-10T08:00:00Z');
    await world.plan();
    const later = { ...NINE_IN_BERLIN, minute: 720 };
    const changed = await changeSummary(world.db, 1, { schedule: later }, world.time.now);
    expect(changed?.nextRun).toEqual({ at: new Date('2025-03-11T11:00:00Z'), localDate: '2025-03-11' });
  });
});

describe('exactly one outcome for each due local date', () => {
  const anySchedule = fc.record({
    minute: fc.integer({ min: 0, max: 1439 }),
    days: fc.uniqueArray(fc.constantFrom(...EVERY_DAY), { minLength: 1 }),
    timezone: fc.constantFrom(...timezones()),
  });
  /** Minutes until the planner runs again: mostly each minute or so, sometimes after a rest of up to four days. */
  const anyRests = fc.array(
    fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 300 }) }, fc.integer({ min: 1, max: 5760 })),
    { minLength: 5, maxLength: 40 },
  );

  it('whatever the zone, the change of clocks and the rests of the bot', async () => {
    const world = await worldWith();
    const property = fc.asyncProperty(
      anySchedule,
      fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }),
      anyRests,
      async (schedule, start, rests) => {
        const { id } = await createSummary(world.db, summary({ schedule, whenEmpty: 'silent' }), start);
        let now = start;
        for (const minutes of rests) {
          now = new Date(now.getTime() + minutes * 60_000);
          world.at(now.toISOString());
          await world.plan();
        }
        const due: string[] = [];
        for (let run = nextRun(schedule, start); run.at <= now; run = nextRun(schedule, run.at))
          due.push(run.localDate);
        const posts = await lastPosts(world.db, id, 1000);
        expect(posts.map(({ localDate }) => localDate)).toEqual(due.toReversed());
        await removeSummary(world.db, id);
      },
    );
    await fc.assert(property, { numRuns: engine === 'postgres' ? 12 : 60 });
  }, 120_000);

  it('when several processes plan at once', async () => {
    const url = await newDatabaseUrl();
    const worlds: World[] = [];
    for (let process = 0; process < 3; process += 1) {
      const world = await summaryWorld(await openDatabase(url));
      open.push(world.db);
      worlds.push(world);
    }
    const [first] = worlds as [World, ...World[]];
    for (let id = 1; id <= 3; id += 1)
      await first.set({ channelId: String(id), schedule: { ...NINE_IN_BERLIN, minute: 540 + id } });
    for (let day = 0; day < 5; day += 1) {
      const date = addDays('2025-03-10', day);
      await list(first, date, [`Owls ${date}`, `Larks ${date}`]);
      const now = new Date(`${date}T09:00:00Z`);
      const counts = await Promise.all(worlds.map(({ world }) => planSummaries({ ...world, clock: () => now })));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    }
    const planned = await messages(first.db);
    expect(new Set(planned.map(({ subject }) => subject)).size).toBe(15);
    expect(planned).toHaveLength(15);
    expect(planned.every(({ payload }) => payload['total'] === 2)).toBe(true);
  });
});
