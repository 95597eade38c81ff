import { describe, expect, it, vi } from 'vitest';
import type { WriteDraft } from '../../src/outbox/attempt.ts';
import { deliveriesAfter, planDeliveries } from '../../src/store/deliveries.ts';
import { takeDelivery } from '../../src/store/delivery-attempts.ts';
import { createTopic } from '../../src/store/topics.ts';
import { openWorld, type World } from './world.ts';

const POSTS = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

const planDrafts = (world: World, channel: string, ...drafts: { say: string }[]) =>
  planDeliveries(
    world.db,
    drafts.map((draft) => ({ destination: { kind: 'channel', id: channel }, subject: draft.say, draft })),
    new Date(),
  );

describe('a message that is planned as a draft', () => {
  it('is made when it is sent, in the order of all others', async () => {
    const world = await openWorld();
    const channel = world.channel('drafts');
    await planDrafts(world, channel, { say: 'one' });
    await world.plan(channel, 'two');
    await planDrafts(world, channel, { say: 'three' });
    const writeDraft: WriteDraft = (draft, { form }) =>
      Promise.resolve({ content: `${form}: ${JSON.stringify(draft)}` });
    await world.start({ writeDraft });
    await until(async () => expect(await world.states()).toEqual(['sent', 'sent', 'sent']));
    expect(world.posted(channel)).toEqual(['message: {"say":"one"}', 'two', 'message: {"say":"three"}']);
    expect(await deliveriesAfter(world.db, 0, 1)).toMatchObject([
      { draftJson: null, payloadJson: JSON.stringify({ content: 'message: {"say":"one"}' }) },
    ]);
  });

  it('is made once: it says the same in every attempt', async () => {
    const world = await openWorld();
    const channel = world.channel('drafts');
    world.preview.faults.add({ ...POSTS, instead: { status: 500 }, times: 2 });
    await planDrafts(world, channel, { say: 'x' });
    let made = 0;
    await world.start({ writeDraft: () => Promise.resolve({ content: `draft ${(made += 1)}` }) });
    await until(async () => expect(await world.states()).toEqual(['sent']));
    expect(world.posted(channel)).toEqual(['draft 1']);
    expect(made).toBe(1);
  });

  it('is made by whoever takes it first, so that what may have arrived is what is sent again', async () => {
    const { db, channel, ...world } = await openWorld();
    const id = channel('drafts');
    await planDrafts({ db, channel, ...world }, id, { say: 'x' });
    const [begun, now] = [new Date('2026-03-10T00:00:00Z'), new Date('2026-03-10T00:01:00Z')];
    const first = await takeDelivery(db, 1, { owner: 'a', until: now }, begun, { content: 'first' });
    const second = await takeDelivery(db, 1, { owner: 'b', until: new Date('2026-03-10T00:02:00Z') }, now, {
      content: 'second',
    });
    expect([first, second]).toEqual(['{"content":"first"}', '{"content":"first"}']);
  });

  it('is given up where it cannot be made, its owner is told, and the next one goes out', async () => {
    const { world, channel } = await withTopic();
    await world.start({ writeDraft: () => Promise.resolve('cannot be made') });
    await until(() => expect(world.posted(channel)).toEqual(['next']));
    expect(await deliveriesAfter(world.db, 0, 3)).toMatchObject([
      { state: 'failed', failure: { code: 'payload' } },
      { subject: 'next' },
      { destination: { kind: 'user', id: '7' }, subject: 'given-up:1' },
    ]);
  });

  it('is dropped where nothing is left to tell, and nobody is bothered', async () => {
    const { world, channel } = await withTopic();
    await world.start({ writeDraft: () => Promise.resolve('nothing left') });
    await until(() => expect(world.posted(channel)).toEqual(['next']));
    expect(await deliveriesAfter(world.db, 0, 3)).toMatchObject([
      { state: 'failed', failure: { code: 'nothing left' } },
      { subject: 'next' },
    ]);
  });
});

/** A channel with a topic, for which a draft and then a message are planned. */
async function withTopic() {
  const world = await openWorld();
  const channel = world.channel('drafts');
  const topic = { name: 'owls', query: 'owls', readerId: '7', guildId: '1' };
  await createTopic(world.db, { ...topic, destination: { kind: 'channel', id: channel } }, new Date());
  await planDrafts(world, channel, { say: 'first' });
  await world.plan(channel, 'next');
  return { world, channel };
}
