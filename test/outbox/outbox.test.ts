import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { disabledDestinations, enableDestination } from '../../src/store/disabled-destinations.ts';
import { openWorld, type World } from './world.ts';

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
    const channels = Array.from({ length: 150 }, (_, index) => world.channel(`channel-${index}`));
    for (const channel of channels) await world.plan(channel, '1');
    await world.start({ leaseFor: 45_000 });
    await allSent(world);
    expect(channels.map(world.posted)).toEqual(channels.map(() => ['1']));
    const times = world.preview.requests.flatMap(({ method, time }) => (method === 'POST' ? [time.getTime()] : []));
    expect(times).toHaveLength(150);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(10_000);
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

  it('gives up a message that Discord refuses, and sends the next ones', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    await world.plan(a, '1', 'x'.repeat(2001), '3');
    await world.start();
    await until(async () => expect(await world.states()).toEqual(['sent', 'failed', 'sent']));
    expect(world.posted(a)).toEqual(['1', '3']);
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

  it('gives up what could not be sent for three days', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    await world.plan(a, 'old');
    const later = Date.now() + 3 * 24 * 3_600_000 + 1000;
    await world.start({ clock: () => new Date(later) });
    await until(async () => expect(await world.states()).toEqual(['failed']));
    expect(world.posted(a)).toEqual([]);
  });
});

describe('two senders', () => {
  it('leave it to one of them, and the other says so once and takes over', async () => {
    const world = await openWorld();
    const a = world.channel('a');
    const stops = [await world.start(), await world.start()];
    await world.plan(a, '1', '2', '3');
    await allSent(world);
    const said = () => world.lines.map(({ msg }) => msg).filter((msg) => /this process delivers|stands by/.test(msg));
    await until(() => expect(said()).toHaveLength(2));
    await stops[0]?.();
    await world.plan(a, '4');
    await allSent(world);
    expect(world.posted(a)).toEqual(['1', '2', '3', '4']);
    expect(said()).toEqual([
      expect.stringContaining('this process delivers'),
      expect.stringContaining('stands by'),
      expect.stringContaining('this process delivers'),
    ]);
  });
});
