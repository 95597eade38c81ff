import { describe, expect, it } from 'vitest';
import { disableDestination, enableDestination } from '../../src/store/disabled-destinations.ts';
import { guildJoined, guildLeft } from '../../src/store/departed-guilds.ts';
import { findCatch, inboxOf } from '../../src/store/catches.ts';
import { changeReader } from '../../src/store/readers.ts';
import { changeTopic, findTopic, removeTopic } from '../../src/store/topics.ts';
import { openDatabase } from '../../src/store/database.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { store } from '../store/fixtures.ts';
import { inChannel, planningWorld } from './world.ts';

const owls = { title: 'Owls at night' };
const bees = { title: 'Bees by day' };

describe('planning alerts', () => {
  it('tells in one message of all papers that came for a topic, the best first', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    await follow('owls');
    await store(db, [{ title: 'Owls', upvotes: 1 }, { title: 'More owls', upvotes: 9 }, bees]);
    expect(await plan()).toEqual({ caught: 2, messages: 1 });
    const message = {
      to: 'user 7',
      form: 'message',
      topics: ['owls'],
      papers: ['More owls', 'Owls'],
      roles: [],
      more: 0,
    };
    expect(await messages()).toEqual([message]);
    expect(await plan()).toEqual({ caught: 0, messages: 0 });
  });

  it('starts a topic from now: what was in the archive before is not its business', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    await store(db, [owls]);
    await follow('owls');
    await store(db, [{ title: 'New owls' }, owls]);
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['New owls'] }]);
  });

  it('names all topics of a destination in one message, and brings a paper that matches several once', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    await follow('owls', inChannel('10', { mentionRoleId: '1' }));
    await follow('night', inChannel('10', { mentionRoleId: '2' }));
    await follow('bees', inChannel('10', { mentionRoleId: '3' }));
    await follow('ants', inChannel('10', { mentionRoleId: '4' }));
    await follow('owls', inChannel('11'));
    await store(db, [bees, owls]);
    await plan();
    expect(await messages()).toMatchObject([
      {
        to: 'channel 10',
        topics: ['owls', 'night', 'bees'],
        papers: ['Owls at night', 'Bees by day'],
        roles: ['1', '2', '3'],
      },
      { to: 'channel 11', topics: ['owls'], papers: ['Owls at night'] },
    ]);
  });

  it('shows eight papers in a message, and counts the others, which are told of all the same', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    await follow('owls');
    const flock = Array.from({ length: 25 }, (_, index) => ({ title: `Owls ${index}`, upvotes: index }));
    await store(db, flock);
    await plan();
    const [message] = await messages();
    expect(message).toMatchObject({ more: 17 });
    expect(message?.papers).toHaveLength(8);
    expect(await inboxOf(db, '7')).toMatchObject({ total: 25 });
  });

  it('uses the form of the topic that is told, a message for each', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    await follow('owls', inChannel('10', { form: 'announcement' }));
    await follow('bees', inChannel('10'));
    await store(db, [bees, owls]);
    await plan();
    expect((await messages()).map(({ form, papers }) => [form, papers])).toEqual([
      ['announcement', ['Owls at night']],
      ['message', ['Bees by day']],
    ]);
  });

  it('tells nobody of papers that no list has shown for a fortnight, however many come in', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    const { id } = await follow('owls');
    await store(db, [{ title: 'Owls of February' }], { date: '2025-02-20' });
    await store(db, [{ title: 'Owls of 2019', publishedOn: '2019-05-01' }], { date: null });
    await store(db, [{ title: 'Owls without a day' }], { date: null });
    await store(db, [{ title: 'Late owls' }], { date: '2025-02-25' });
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Late owls', 'Owls without a day'] }]);
    expect(await findCatch(db, id, 1)).toMatchObject({ outcome: 'old' });
  });

  it('sends nothing for a topic that is told in the inbox', async () => {
    const { db, follow, plan, messages } = await planningWorld();
    await follow('owls', { toldBy: 'inbox' });
    await store(db, [owls]);
    await plan();
    expect(await messages()).toEqual([]);
    expect(await inboxOf(db, '7')).toMatchObject({ total: 1, entries: [{ paperId: 1, state: 'inbox' }] });
  });
});

describe('when topics are told', () => {
  const at9 = { minute: 9 * 60, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'Europe/Berlin' };

  it('waits for the hour of a schedule, and tells then of everything that came', async () => {
    const { db, time, follow, plan, messages } = await planningWorld();
    const { id } = await follow('owls', { schedule: at9 });
    await store(db, [owls]);
    await plan();
    await store(db, [{ title: 'Owls again' }]);
    time.now = new Date('2025-03-11T07:59:00Z');
    await plan();
    expect(await messages()).toEqual([]);
    time.now = new Date('2025-03-11T08:00:00Z');
    await plan();
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Owls again', 'Owls at night'] }]);
    expect((await findTopic(db, id))?.nextRunAt).toEqual(new Date('2025-03-12T08:00:00Z'));
  });

  it('goes on to the next hour when there is nothing to tell', async () => {
    const { db, time, follow, plan } = await planningWorld();
    const { id } = await follow('owls', { schedule: at9 });
    time.now = new Date('2025-03-11T08:00:00Z');
    expect(await plan()).toEqual({ caught: 0, messages: 0 });
    expect((await findTopic(db, id))?.nextRunAt).toEqual(new Date('2025-03-12T08:00:00Z'));
  });

  it('names a topic whose hour has not come when its paper comes for another', async () => {
    const { db, time, follow, plan, messages } = await planningWorld();
    await follow('owls', { schedule: at9 });
    await follow('night');
    await store(db, [owls]);
    await plan();
    expect(await messages()).toMatchObject([{ topics: ['owls', 'night'], papers: ['Owls at night'] }]);
    time.now = new Date('2025-03-11T08:00:00Z');
    await plan();
    expect(await messages()).toHaveLength(1);
  });

  it('keeps nothing back for a topic that is paused', async () => {
    const { db, follow, plan, messages, time, later } = await planningWorld();
    const { id } = await follow('owls', { pausedAt: time.now });
    await store(db, [owls]);
    await plan();
    await changeTopic(db, id, { pausedAt: null }, time.now);
    await store(db, [{ title: 'Owls after the pause' }]);
    later(1);
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Owls after the pause'] }]);
    expect(await findCatch(db, id, 1)).toMatchObject({ outcome: 'paused' });
  });

  it('holds what comes while a topic is snoozed, and tells it in one message afterwards', async () => {
    const { db, follow, plan, messages, time, later } = await planningWorld();
    await follow('owls', { snoozedUntil: new Date(time.now.getTime() + 3_600_000) });
    await store(db, [owls]);
    await plan();
    later(30);
    await store(db, [{ title: 'Owls again' }]);
    await plan();
    expect(await messages()).toEqual([]);
    later(30);
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Owls again', 'Owls at night'] }]);
  });

  it('holds what comes in the quiet hours of a reader, by the reader’s clock', async () => {
    const { db, time, follow, plan, messages } = await planningWorld();
    await changeReader(db, '7', { timezone: 'Asia/Tokyo', quiet: { from: 22 * 60, until: 7 * 60 } });
    await follow('owls');
    await follow('owls', { readerId: '8' });
    time.now = new Date('2025-03-10T13:00:00Z');
    await store(db, [owls]);
    await plan();
    time.now = new Date('2025-03-10T21:59:00Z');
    await store(db, [{ title: 'Owls again' }]);
    await plan();
    expect((await messages()).map(({ to }) => to)).toEqual(['user 8', 'user 8']);
    time.now = new Date('2025-03-10T22:00:00Z');
    await plan();
    expect((await messages()).at(-1)).toMatchObject({ to: 'user 7', papers: ['Owls again', 'Owls at night'] });
  });

  it('holds everything for a destination that Discord refuses, until it is enabled again', async () => {
    const { db, time, follow, plan, messages, later } = await planningWorld();
    const destination = { kind: 'user', id: '7' } as const;
    await disableDestination(db, destination, { code: '50007', words: 'closed' }, time.now);
    await follow('owls');
    await store(db, [owls]);
    await plan();
    later(60);
    await store(db, [{ title: 'Owls again' }]);
    await plan();
    expect(await messages()).toEqual([]);
    expect(await inboxOf(db, '7')).toMatchObject({ total: 2, entries: [{ state: 'waits' }, { state: 'waits' }] });
    await enableDestination(db, destination);
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Owls again', 'Owls at night'] }]);
  });

  it('is silent in a server that the bot has left, and speaks again when it is back', async () => {
    const { db, time, follow, plan, messages } = await planningWorld();
    await follow('owls', inChannel('10'));
    await guildLeft(db, '1', time.now);
    await store(db, [owls]);
    await plan();
    await guildJoined(db, '1');
    await store(db, [{ title: 'Owls again' }]);
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Owls again'] }]);
  });
});

describe('changes between catching and telling', () => {
  it('does not tell of a paper that a new query excludes, and tells of one that was edited', async () => {
    const { db, follow, plan, messages, time, later } = await planningWorld();
    const { id } = await follow('owls', { snoozedUntil: new Date(time.now.getTime() + 3_600_000) });
    await store(db, [
      { ...owls, arxivId: '2503.00001' },
      { title: 'Owls and mice', arxivId: '2503.00002' },
    ]);
    await plan();
    later(1);
    await changeTopic(db, id, { query: 'owls -mice' }, time.now);
    later(60);
    await plan();
    expect(await messages()).toMatchObject([{ papers: ['Owls at night'] }]);
    expect(await findCatch(db, id, 2)).toMatchObject({ outcome: 'changed' });
  });

  it('takes part in no round once it is removed', async () => {
    const { db, follow, plan, messages, later, time } = await planningWorld();
    const { id } = await follow('owls', { snoozedUntil: new Date(time.now.getTime() + 60_000) });
    await follow('owls', { readerId: '8' });
    await store(db, [owls]);
    await plan();
    expect(await removeTopic(db, id)).toBe(true);
    expect(await removeTopic(db, id)).toBe(false);
    later(1);
    await store(db, [{ title: 'Owls again' }]);
    await plan();
    expect((await messages()).map(({ to }) => to)).toEqual(['user 8', 'user 8']);
  });

  it('goes on with the query of one reader when another who had the same changes or removes it', async () => {
    const { db, follow, plan, messages, time } = await planningWorld();
    const { id } = await follow('owls');
    const other = await follow('owls', { readerId: '8' });
    await plan();
    await changeTopic(db, id, { query: 'mice' }, time.now);
    await store(db, [owls]);
    await plan();
    expect(await messages()).toMatchObject([{ to: 'user 8', papers: ['Owls at night'] }]);
    await removeTopic(db, other.id);
    await store(db, [{ title: 'Owls again' }, { title: 'A dance of mice' }]);
    expect(await plan()).toMatchObject({ messages: 1 });
    expect((await messages()).at(-1)).toMatchObject({ to: 'user 7', papers: ['A dance of mice'] });
  });

  it('does not repeat a paper when a topic moves to a destination that was told of it', async () => {
    const { db, follow, plan, messages, later, time } = await planningWorld();
    const { id } = await follow('night', inChannel('11', { snoozedUntil: new Date(time.now.getTime() + 60_000) }));
    await follow('owls', inChannel('10'));
    await store(db, [owls]);
    await plan();
    await changeTopic(db, id, { destination: { kind: 'channel', id: '10' }, snoozedUntil: null }, time.now);
    later(1);
    await plan();
    expect(await messages()).toHaveLength(1);
    expect(await findCatch(db, id, 1)).toMatchObject({ outcome: 'told before', deliveryId: 1 });
  });
});

it('plans each paper once when several processes plan on one database at the same time', async () => {
  const url = await newDatabaseUrl();
  const worlds = [];
  for (let process = 1; process <= 3; process++) worlds.push(await planningWorld(await openDatabase(url)));
  const [first] = worlds;
  for (let reader = 1; reader <= 60; reader++) await first!.follow('owls', { readerId: String(reader) });
  await store(first!.db, [owls, { title: 'Owls again' }]);
  const rounds = await Promise.all(worlds.map(({ plan }) => plan()));
  const sum = (counts: number[]) => counts.reduce((all, each) => all + each, 0);
  expect(sum(rounds.map(({ caught }) => caught))).toBe(120);
  expect(sum(rounds.map(({ messages }) => messages))).toBe(60);
  const told = await first!.messages();
  expect(told).toHaveLength(60);
  expect(new Set(told.map(({ to }) => to)).size).toBe(60);
  for (const { db } of worlds) await db.destroy();
});
