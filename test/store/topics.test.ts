import { describe, expect, it } from 'vitest';
import {
  changeTopic,
  countTopicsOfGuild,
  countTopicsOfReader,
  createTopic,
  findTopic,
  newestTopicVersion,
  removeTopic,
  topicsChangedAfter,
  topicsOfGuild,
  topicsOfReader,
  topicsRemovedAfter,
} from '../../src/store/topics.ts';
import { inChannel, topic } from '../topics/world.ts';
import { memory, store } from './fixtures.ts';

const NOW = new Date('2025-03-10T10:00:00Z');
const LATER = new Date('2025-03-10T11:00:00Z');
const daily = { minute: 9 * 60, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'Europe/Berlin' };

describe('topics', () => {
  it('start from now, told at once by a plain message where nothing else is said', async () => {
    const db = await memory();
    await store(db, [{ title: 'Owls' }]);
    expect(await createTopic(db, topic('owls'), NOW)).toEqual({
      id: 1,
      name: 'owls',
      query: 'owls',
      readerId: '7',
      guildId: null,
      destination: { kind: 'user', id: '7' },
      form: 'message',
      toldBy: 'message',
      mentionRoleId: null,
      schedule: null,
      nextRunAt: null,
      pausedAt: null,
      snoozedUntil: null,
      afterSequence: 1,
      createdAt: NOW,
      changedAt: NOW,
    });
  });

  it('change in what is named, and in nothing else', async () => {
    const db = await memory();
    const given = topic('owls', { ...inChannel('10'), mentionRoleId: '5', schedule: daily, snoozedUntil: LATER });
    const before = await createTopic(db, given, NOW);
    expect(before.nextRunAt).toEqual(new Date('2025-03-11T08:00:00Z'));
    for (const change of [{ name: 'Owls' }, { pausedAt: LATER }, { snoozedUntil: null }, { mentionRoleId: null }]) {
      const old = await findTopic(db, 1);
      expect(await changeTopic(db, 1, change, LATER)).toEqual({ ...old, ...change, changedAt: LATER });
    }
    expect(await changeTopic(db, 1, { schedule: null }, LATER)).toMatchObject({ schedule: null, nextRunAt: null });
    expect(await changeTopic(db, 2, { name: 'Bees' }, LATER)).toBeNull();
  });

  it('have a name that no other of their destination has', async () => {
    const db = await memory();
    await createTopic(db, topic('owls'), NOW);
    await expect(createTopic(db, topic('owls', { name: ' OWLS' }), NOW)).rejects.toThrow('“owls”');
    await createTopic(db, topic('owls', inChannel('10')), NOW);
    await createTopic(db, topic('bees'), NOW);
    await expect(changeTopic(db, 3, { name: 'owls' }, NOW)).rejects.toThrow('“owls”');
    expect(await changeTopic(db, 3, { name: 'Bees' }, NOW)).toMatchObject({ name: 'Bees' });
  });

  it('are a reader’s own, or a server’s', async () => {
    const db = await memory();
    await createTopic(db, topic('owls'), NOW);
    await createTopic(db, topic('bees', inChannel('10')), NOW);
    expect((await topicsOfReader(db, '7')).map(({ name }) => name)).toEqual(['owls']);
    expect((await topicsOfGuild(db, '1')).map(({ name }) => name)).toEqual(['bees']);
    expect([await countTopicsOfReader(db, '7'), await countTopicsOfGuild(db, '1')]).toEqual([1, 1]);
  });

  it('tell those who follow their versions what changed and what is gone', async () => {
    const db = await memory();
    for (const query of ['owls', 'bees', 'ants']) await createTopic(db, topic(query), NOW);
    expect(await newestTopicVersion(db)).toBe(3);
    await changeTopic(db, 1, { query: 'barn owls' }, NOW);
    await removeTopic(db, 2);
    const changed = await topicsChangedAfter(db, 2, 10);
    expect(changed.map(({ query, version }) => [query, version])).toEqual([
      ['ants', 3],
      ['barn owls', 4],
    ]);
    expect(await topicsChangedAfter(db, 0, 1)).toHaveLength(1);
    expect([await topicsRemovedAfter(db, 4), await topicsRemovedAfter(db, 5)]).toEqual([[2], []]);
  });
});
