import { describe, expect, it } from 'vitest';
import { markSent } from '../../src/store/delivery-attempts.ts';
import { disableDestination } from '../../src/store/disabled-destinations.ts';
import { findPaper } from '../../src/store/papers.ts';
import { changeReader } from '../../src/store/readers.ts';
import { changeTopic, findTopic } from '../../src/store/topics.ts';
import { whyOf } from '../../src/topics/why.ts';
import { store } from '../store/fixtures.ts';
import { NOW, planningWorld } from './world.ts';

const owls = { title: 'Owls at night' };

async function asking(query: string, given: Parameters<Awaited<ReturnType<typeof planningWorld>>['follow']>[1] = {}) {
  const world = await planningWorld();
  const { id } = await world.follow(query, given);
  const why = async (paperId = 1) => {
    const topic = await findTopic(world.db, id);
    if (!topic) throw new Error('the topic is gone');
    return whyOf(topic, await findPaper(world.db, paperId), { ...world, timezone: 'UTC' });
  };
  return { ...world, id, why };
}

describe('why a topic told of a paper, or did not', () => {
  it('was told, and what became of the message', async () => {
    const { db, plan, why } = await asking('owls night');
    await store(db, [owls]);
    await plan();
    expect(await why()).toEqual({ is: 'told', at: NOW, state: 'planned', forOthers: false, found: ['owls', 'night'] });
    await markSent(db, 1, '100', NOW);
    expect(await why()).toMatchObject({ is: 'told', state: 'sent' });
  });

  it('names the words that are missing', async () => {
    const { db, plan, why } = await asking('owls "at noon" since:2025-03');
    await store(db, [{ ...owls, publishedOn: '2025-02-01' }]);
    await plan();
    expect(await why()).toEqual({ is: 'no match', found: ['owls'], missing: ['"at noon"', 'since:2025-03-01'] });
  });

  it('names the words that exclude it', async () => {
    const { db, plan, why } = await asking('owls -night -mice');
    await store(db, [owls]);
    await plan();
    expect(await why()).toEqual({ is: 'excluded', by: ['night'], found: ['owls', '-mice'] });
  });

  it('came while the topic was paused, or is too old to be told', async () => {
    const { db, plan, why } = await asking('owls', { pausedAt: NOW });
    await store(db, [owls]);
    await store(db, [{ title: 'Owls of yore' }], { date: '2024-01-01' });
    await plan();
    expect(await why()).toMatchObject({ is: 'paused', at: NOW });
    expect(await why(2)).toEqual({ is: 'too old', newsOn: '2024-01-01', days: 14, found: ['owls'] });
  });

  it('waits for its hour, the end of a snooze or of quiet hours, whichever is last, or for the destination', async () => {
    const { db, plan, why, id } = await asking('owls', { snoozedUntil: new Date('2025-03-10T12:00:00Z') });
    await store(db, [owls]);
    await plan();
    expect(await why()).toMatchObject({ is: 'waits', wait: { for: 'the end of the snooze' } });
    await changeReader(db, '7', { timezone: 'UTC', quiet: { from: 9 * 60, until: 15 * 60 } });
    const until = new Date('2025-03-10T15:00:00Z');
    expect(await why()).toMatchObject({ wait: { for: 'the end of the quiet hours', until } });
    await changeTopic(db, id, { schedule: { minute: 0, days: [1], timezone: 'UTC' } }, NOW);
    expect(await why()).toMatchObject({ wait: { for: 'its hour', until: new Date('2025-03-17T00:00:00Z') } });
    await disableDestination(db, { kind: 'user', id: '7' }, { code: '50007', words: 'closed' }, NOW);
    expect(await why()).toMatchObject({ wait: { for: 'the destination', until: null } });
  });

  it('was there before the topic, is not looked at yet, would match now, or is unknown', async () => {
    const world = await planningWorld();
    await store(world.db, [owls]);
    const { id } = await world.follow('owls');
    const why = async (paperId: number) => {
      const topic = await findTopic(world.db, id);
      return topic && whyOf(topic, await findPaper(world.db, paperId), { ...world, timezone: 'UTC' });
    };
    await store(world.db, [{ title: 'Bees' }, { title: 'New owls' }]);
    expect(await why(1)).toEqual({ is: 'before the topic', topicSince: NOW, found: ['owls'] });
    expect(await why(3)).toMatchObject({ is: 'not looked at yet' });
    await world.plan();
    await changeTopic(world.db, id, { query: 'owls OR bees' }, NOW);
    expect(await why(2)).toEqual({ is: 'would match', found: ['owls OR bees'] });
    expect(await why(99)).toEqual({ is: 'not in the archive' });
  });

  it('came for another topic of the same destination', async () => {
    const { db, follow, plan, why, id } = await asking('owls');
    await follow('bees');
    await store(db, [{ title: 'Bees' }]);
    await plan();
    expect(await why()).toEqual({ is: 'no match', missing: ['owls'], found: [] });
    await changeTopic(db, id, { query: 'owls OR bees' }, NOW);
    expect(await why()).toMatchObject({ is: 'told', forOthers: true });
  });
});
