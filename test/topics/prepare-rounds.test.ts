import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { changeTopic, type FollowedTopic } from '../../src/store/topics.ts';
import { dueRounds } from '../../src/topics/due-rounds.ts';
import { FollowedTopics } from '../../src/topics/followed-topics.ts';
import { PapersAtHand } from '../../src/topics/papers-at-hand.ts';
import { prepareRounds } from '../../src/topics/prepare-rounds.ts';
import { Queries } from '../../src/topics/queries.ts';
import { store } from '../store/fixtures.ts';
import { planningWorld } from './world.ts';

class FaultyQueries extends Queries {
  override match({ destination }: FollowedTopic): boolean {
    if (destination.id === '7') throw new Error('cannot be matched');
    return true;
  }
}

it('plans all other messages when one cannot be planned, which waits', async () => {
  const { db, follow, plan, time, later } = await planningWorld();
  const readers = ['6', '7', '8'];
  const snoozedUntil = new Date(time.now.getTime() + 60_000);
  const topics = [];
  for (const readerId of readers) topics.push(await follow('owls', { readerId, snoozedUntil }));
  await store(db, [{ title: 'Owls' }]);
  await plan();
  later(2);
  for (const { id } of topics) await changeTopic(db, id, { query: 'owl' }, time.now);
  const followed = new FollowedTopics(() => 1);
  await followed.catchUp(db);
  const shared = {
    topics: followed,
    papers: new PapersAtHand(),
    queries: new FaultyQueries(),
    fresh: new Map(),
    log: silentLog,
  };
  const { rounds, ...moment } = await dueRounds(db, followed, new Map(), time.now, 'UTC');
  const { alerts, settled } = await prepareRounds(db, rounds, moment, shared);
  expect(alerts.map(({ delivery }) => delivery.destination.id)).toEqual(['6', '8']);
  expect(settled).toEqual([]);
  expect(await plan()).toEqual({ caught: 0, messages: 3 });
});

it('tells nothing of a topic that has moved to another destination since its round was due', async () => {
  const { db, follow, time, plan, later } = await planningWorld();
  const { id } = await follow('owls', { snoozedUntil: new Date(time.now.getTime() + 60_000) });
  await store(db, [{ title: 'Owls' }]);
  await plan();
  later(2);
  const topics = new FollowedTopics(() => 1);
  await topics.catchUp(db);
  const { rounds, ...moment } = await dueRounds(db, topics, new Map(), time.now, 'UTC');
  await changeTopic(db, id, { destination: { kind: 'channel', id: '10' } }, time.now);
  await topics.catchUp(db);
  const shared = { topics, papers: new PapersAtHand(), queries: new Queries(), fresh: new Map(), log: silentLog };
  expect(await prepareRounds(db, rounds, moment, shared)).toMatchObject({ alerts: [], settled: [] });
});
