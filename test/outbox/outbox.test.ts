import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { deliveriesAfter, planDeliveries, planDelivery, type PlannedDelivery } from '../../src/store/deliveries.ts';
import { disabledDestinations, disableDestination, enableDestination } from '../../src/store/disabled-destinations.ts';
import { leaseHolder } from '../../src/store/leases.ts';
import { createTopic } from '../../src/store/topics.ts';
import { openWorld, type World } from './world.ts';

/** Destinations at once, and Discord's limit of requests a second. */
const [MANY, LIMIT] = [300, 50];
const POSTS = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

const allSent = (world: World) => until(async () => expect(new Set(await world.states())).toEqual(new Set(['sent'])));

/** Waits until the answer to a delivery, by its number, is known to be lost. */
const isUnsure = (world: World, id: number) =>
  until(async () =>
    expect(await deliveriesAfter(world.db, id - 1, 1)).toMatchObject([
      { state: 'planned', unsureSince: expect.any(Date) as Date },
    ]),
  );

describe('the outbox', () => {
  it('sends everything once, in order, to several destinations', async () => {
    const world = await openWorld();
    const [a, b] = [world.channel('a'), world.channel('b')];
    await world.plan(a, '1', '2', '3');
    await world.plan(b, '4', '5');
    await world.plan(a, '1', '6');
    await world.start();
    await allSent(world);
    expect([world.posted(a), world.posted(b)]).toEqual([
      ['1', '2', '3', '6'],
      ['4', '5'],
    ]);
  });

  it.each([
    ['a 500 instead of it', { instead: { status: 500 } }],
    ['a 500 after it was posted', { instead: { status: 500 }, applied: true }],
    ['a reset instead of it', { instead: 'reset' as const }],
    ['a reset after it was posted', { instead: 'reset' as const, applied: true }],
    ['a 429', { instead: { retryAfter: 0.3 } }],
    ['a global 429', { instead: { retryAfter: 0.3, global: true } }],
  ])('posts each message once and in order in spite of %s', async (_, fault) => {
    const world = await openWorld();
    const a = world.channel('a');
    world.preview.faults.add({ ...POSTS, ...fault });
    await world.plan(a, '1', '2', '3');
    await world.start();
    await allSent(world);
    expect(world.posted(a)).toEqual(['1', '2', '3']);
  });

  it('keeps to the limits that Discord announces: no request too many', async () => {
    const world = await openWorld({ rateLimited: true });
    const [a, b] = [world.channel('a'), world.channel('b')];
    await world.plan(a, '1', '2', '3', '4', '5', '6');
    await world.plan(b, '1');
    await world.start();
    await allSent(world);
    expect(world.posted(a)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(world.preview.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('writes to many destinations at the pace that Discord allows: no request too many', async () => {
    const world = await openWorld({ rateLimited: true });
    const channels = Array.from({ length: MANY }, (_, index) => world.channel(`channel-${index}`));
    const planned = channels.map((id): PlannedDelivery => {
      return { destination: { kind: 'channel', id }, subject: '1', payload: { content: '1' } };
    });
    await planDeliveries(world.db, planned, new Date());
    await world.start({ takenOverAfter: 45_000 });
    await allSent(world);
    expect(channels.map(world.posted)).toEqual(channels.map(() => ['1']));
    const posts = world.preview.requests.filter(({ method }) => method === 'POST');
    expect(posts.filter(({ status }) => status === 429)).toEqual([]);
    const times = posts.map(({ time }) => time.getTime());
    const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
    process.stdout.write(`${MANY} destinations: ${(MANY / seconds).toFixed(1)} messages a second, 0 answers of 429\n`);
    expect(seconds).toBeGreaterThan((MANY - 2 * LIMIT) / LIMIT);
    expect(seconds).toBeLessThan(40);
  });

  it('finds in the channel what arrived so long ago that Discord has forgotten the nonce', async () => {
    let now = Date.now();
    const clock = () => new Date(now);
    const world = await openWorld({ clock });
    const a = world.channel('a');
    world.preview.faults.add({ ...POSTS, instead: 'reset', applied: true });
    world.preview.faults.add({ ...POSTS, instead: 'reset' });
    await world.plan(a, '1', '2');
    await world.start();
    await isUnsure(world, 1);
    expect(world.posted(a)).toEqual(['1']);
    now += 10 * 60_000;
    await isUnsure(world, 2);
    expect(await world.states()).toEqual(['sent', 'planned']);
    now += 10 * 60_000;
    await allSent(world);
    expect(world.posted(a)).toEqual(['1', '2']);
    expect(world.preview.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
  });

  it('rather gives up than posts twice what it cannot look for', async () => {
    let now = Date.now();
    const world = await openWorld({ clock: () => new Date(now) });
    const a = world.channel('a');
    world.preview.faults.add({ ...POSTS, instead: 'reset', applied: true });
    await world.plan(a, '1', '2');
    await world.start();
    await isUnsure(world, 1);
    world.preview.world.denyBot(a, PermissionFlagsBits.ReadMessageHistory);
    now += 10 * 60_000;
    await until(async () => expect(await world.states()).toEqual(['failed', 'sent']));
    expect(world.posted(a)).toEqual(['1', '2']);
  });

  it('stops for a channel that is gone or closed, keeps what is planned, and goes on elsewhere', async () => {
    const world = await openWorld();
    const [gone, closed, open] = [world.channel('gone'), world.channel('closed'), world.channel('open')];
    const locked = world.preview.world.addThread(open, 'locked');
    world.preview.world.archiveThread(locked, true);
    world.preview.world.deleteChannel(gone);
    world.preview.world.denyBot(closed, PermissionFlagsBits.SendMessages);
    for (const channel of [gone, closed, locked, open]) await world.plan(channel, '1', '2');
    await world.start();
    await until(async () => expect(await world.states()).toEqual([...Array(6).fill('planned'), 'sent', 'sent']));
    const disabled = await disabledDestinations(world.db);
    expect(new Map(disabled.map(({ destination, failure }) => [destination.id, failure.code]))).toEqual(
      new Map([
        [gone, '10003'],
        [closed, '50013'],
        [locked, '50083'],
      ]),
    );
    expect(world.preview.requests.filter(({ path }) => path.includes(closed))).toHaveLength(1);
    expect(world.lines.filter(({ msg }) => msg.includes('it is disabled'))).toHaveLength(3);
    world.preview.world.denyBot(closed, 0n);
    await enableDestination(world.db, { kind: 'channel', id: closed });
    await until(() => expect(world.posted(closed)).toEqual(['1', '2']));
  });

  it('writes to readers, and stops for one who takes no messages', async () => {
    const world = await openWorld();
    const { user } = world.preview.addUser('grace');
    const payload = { content: 'Hello' };
    await planDelivery(world.db, { destination: { kind: 'user', id: user.id }, subject: 'a', payload }, new Date());
    await planDelivery(
      world.db,
      { destination: { kind: 'user', id: world.channel('x') }, subject: 'a', payload },
      new Date(),
    );
    await world.start();
    await until(async () => expect(await world.states()).toEqual(['sent', 'planned']));
    await until(async () =>
      expect(await disabledDestinations(world.db)).toMatchObject([{ failure: { code: '50033' } }]),
    );
  });

  it('gives up a message that Discord refuses, tells the owner, and sends the next ones', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    const destination = { kind: 'channel', id: a } as const;
    const { user, directMessages } = world.preview.user;
    await createTopic(world.db, { name: 'owls', query: 'owl', readerId: user.id, destination }, new Date());
    await world.plan(a, '1', 'x'.repeat(2001), '3');
    await world.start();
    await until(async () => expect(await world.states()).toEqual(['sent', 'failed', 'sent', 'sent']));
    expect(world.posted(a)).toEqual(['1', '3']);
    expect(world.posted(directMessages)).toEqual([expect.stringContaining('is not tried again')]);
  });

  it('passes over what is no message at all', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    const destination = { kind: 'channel', id: a } as const;
    await planDelivery(world.db, { destination, subject: 'list', payload: [] }, new Date());
    await planDelivery(world.db, { destination, subject: 'post', form: 'forum post', payload: {} }, new Date());
    await world.plan(a, '1');
    await world.start();
    await until(async () => expect(await world.states()).toEqual(['failed', 'failed', 'sent']));
    expect(world.posted(a)).toEqual(['1']);
  });

  it('gives up a notice that is refused, without a notice of that', async () => {
    const world = await openWorld();
    const destination = { kind: 'user', id: world.preview.user.user.id } as const;
    const payload = { content: '' };
    await planDelivery(world.db, { destination, subject: 'given-up:1', payload }, new Date());
    await planDelivery(world.db, { destination, subject: 'alert', payload }, new Date());
    await world.start();
    await until(async () => expect(await world.states()).toEqual(['failed', 'failed', 'sent']));
  });

  it('stops sending when Discord does not know the bot, and says so once', async () => {
    const world = await openWorld();
    for (const name of ['a', 'b', 'c']) await world.plan(world.channel(name), '1', '2');
    await world.start({ token: 'not-the-token' });
    await until(() => expect(world.lines.some(({ msg }) => msg.includes('refuses the token'))).toBe(true));
    await world.start();
    await allSent(world);
    expect(world.lines.filter(({ msg }) => msg.includes('refuses the token'))).toHaveLength(1);
    expect(world.preview.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(3);
  });
});

describe('several senders', () => {
  it('leave it to one of them, and the other says so once, with who sends, and takes over', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    const stops = [await world.start(), await world.start()];
    await world.plan(a, '1', '2', '3');
    await allSent(world);
    const said = () => world.lines.filter(({ msg }) => /this process delivers|stands by/.test(msg));
    await until(() => expect(said()).toHaveLength(2));
    const holder = await leaseHolder(world.db, 'sender');
    await stops[0]?.();
    await world.plan(a, '4');
    await allSent(world);
    expect(world.posted(a)).toEqual(['1', '2', '3', '4']);
    expect(said()).toMatchObject([
      { msg: 'this process delivers messages', process: holder?.owner },
      {
        msg: 'another process delivers messages; this one stands by and takes over when that one ends',
        process: holder?.owner,
        since: holder?.since.toISOString(),
        takenOverAfter: 1000,
      },
      { msg: 'this process delivers messages' },
    ]);
  });

  it('that both believe to be the one share the messages, each sent once and in order', async () => {
    // The second takes the lease while the first still trusts in it, and by its clock the rows of the first are given up.
    const world = await openWorld();
    const channels = Array.from({ length: 12 }, (_, index) => world.channel(`channel-${index}`));
    const texts = Array.from({ length: 6 }, (_, index) => `${index}`);
    world.preview.faults.add({ ...POSTS, delay: 20, applied: true, times: Infinity });
    for (const channel of channels) await world.plan(channel, ...texts);
    await world.start({ takenOverAfter: 45_000 });
    await until(() => expect(world.posted(channels[0] ?? '')).not.toEqual([]));
    await world.db.deleteFrom('leases').execute();
    await world.start({ clock: () => new Date(Date.now() + 70_000) });
    await allSent(world);
    expect(channels.map(world.posted)).toEqual(channels.map(() => texts));
    const begun = world.lines.filter(({ msg }) => msg === 'this process delivers messages');
    expect(begun.length).toBeGreaterThanOrEqual(2);
  });
});

describe('tidying', () => {
  const later = (days: number) => () => new Date(Date.now() + days * 24 * 3_600_000 + 1000);

  it('drops the texts of what went out 30 days ago, and remembers that it did', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    await world.plan(a, '1', 'x'.repeat(2001));
    const stop = await world.start();
    await until(async () => expect(await world.states()).toEqual(['sent', 'failed']));
    await stop();
    const payloads = async () => (await deliveriesAfter(world.db, 0, 10)).map(({ payloadJson }) => payloadJson);
    const stopAgain = await world.start({ clock: later(29) });
    await until(() => expect(world.lines.filter(({ msg }) => msg.includes('this process'))).toHaveLength(2));
    await stopAgain();
    expect((await payloads())[0]).toBe('{"content":"1"}');
    await world.start({ clock: later(30) });
    await until(async () => expect(await payloads()).toEqual(['{}', '{}']));
    await world.plan(a, '1', '2');
    expect(await world.states()).toEqual(['sent', 'failed', 'planned']);
  });

  it('gives up what could not be sent for three days, and tells the owner unless the destination was closed', async () => {
    const world = await openWorld();
    const { preview, db } = world;
    const [open, closed] = [world.channel('open'), world.channel('closed')];
    for (const id of [open, closed]) {
      const destination = { kind: 'channel', id } as const;
      await createTopic(db, { name: id, query: 'owl', readerId: preview.user.user.id, destination }, new Date());
      await world.plan(id, 'old');
    }
    await disableDestination(db, { kind: 'channel', id: closed }, { code: '50013', words: 'No.' }, new Date());
    await world.start({ clock: later(3) });
    await until(async () => expect(await world.states()).toEqual(['failed', 'failed', 'sent']));
    expect([...world.posted(open), ...world.posted(closed)]).toEqual([]);
    expect(world.posted(preview.user.directMessages)).toEqual([
      expect.stringMatching(new RegExp(`A message for <#${open}> could not be delivered.*\n> .*three days`)),
    ]);
  });
});
