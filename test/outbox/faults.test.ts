import { ChannelType, Client, Events, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Fault } from '../../src/preview/faults.ts';
import type { PreviewPerson } from '../../src/preview/user/user.ts';
import { SEED } from '../../src/preview/seed.ts';
import { deliveriesAfter, type Destination, type PlannedDelivery, planDeliveries } from '../../src/store/deliveries.ts';
import { disabledDestinations } from '../../src/store/disabled-destinations.ts';
import { createTopic } from '../../src/store/topics.ts';
import { openWorld, type World } from './world.ts';

const EACH = 8;
const ALERTS = Array.from({ length: EACH }, (_, index) => `alert ${index}`);
/** How long the sender waits for an answer here, in milliseconds, and an answer that takes longer. */
const [TIMEOUT, TOO_LATE] = [1500, 2000];

const FAULTS: Record<string, Fault> = {
  '500 instead': { instead: { status: 500 } },
  '500 after it was applied': { instead: { status: 500 }, applied: true },
  'reset before': { instead: 'reset' },
  'reset after it was applied': { instead: 'reset', applied: true },
  'time-out instead': { delay: TOO_LATE },
  'time-out after it was applied': { delay: TOO_LATE, applied: true },
  '429 of the route': { instead: { retryAfter: 0.3 } },
  '429 of everything': { instead: { retryAfter: 0.2, global: true } },
  '502 of a proxy': { instead: { status: 502 }, applied: true },
};

interface Place {
  owner: PreviewPerson;
  destination: Destination;
  form: 'message' | 'announcement' | 'forum post';
  /** The texts that came, oldest first. */
  texts: () => Promise<string[]>;
}

/** A place with an owner of its own, a topic there and alerts planned for it. */
async function place(world: World, name: string, type: ChannelType): Promise<Place> {
  const { preview, db } = world;
  const owner = preview.addUser(`owner-of-${name}`);
  const isDirect = type === ChannelType.DM;
  const id = isDirect ? owner.user.id : world.channel(name, type);
  const destination: Destination = { kind: isDirect ? 'user' : 'channel', id };
  const form: Place['form'] =
    type === ChannelType.GuildForum
      ? 'forum post'
      : type === ChannelType.GuildAnnouncement
        ? 'announcement'
        : 'message';
  const guildId = isDirect ? null : SEED.guild;
  await createTopic(db, { name, query: 'owl', readerId: owner.user.id, guildId, destination, form }, new Date());
  const planned = ALERTS.map((subject): PlannedDelivery => {
    const message = { content: subject };
    return { destination, subject, form, payload: form === 'forum post' ? { name: subject, message } : message };
  });
  await planDeliveries(db, planned, new Date());
  const texts = async () =>
    form === 'forum post'
      ? (await world.forumPosts(id)).map((post) => post.text ?? '')
      : world.posted(isDirect ? owner.directMessages : id).filter((text) => ALERTS.includes(text));
  return { owner, destination, form, texts };
}

/** Faults for a place's requests: at every third one or so another kind. */
function plague({ preview }: World, { destination, owner }: Place, kinds: string[]): void {
  const id = destination.kind === 'user' ? owner.directMessages : destination.id;
  const path = new RegExp(`^/channels/${id}/(messages|threads)`);
  for (const kind of kinds) {
    preview.faults.add({ method: 'POST', path, times: 1 + Math.floor(Math.random() * 3) });
    preview.faults.add({ method: 'POST', path, ...FAULTS[kind] });
  }
}

/** A client on the gateway, whose connection is cut now and then. */
async function cutGateway({ preview }: World): Promise<() => number> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: preview.apiUrl } });
  onTestFinished(() => client.destroy());
  let drops = 0;
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(preview.token);
  await ready;
  const timer = setInterval(() => {
    preview.gateway.drop(drops % 2 === 0 ? 'cut' : 4000);
    drops += 1;
  }, 500);
  onTestFinished(() => clearInterval(timer));
  return () => drops;
}

it('brings every alert exactly once, or tells its owner, whatever goes wrong', { timeout: 120_000 }, async () => {
  const world = await openWorld();
  const { preview, db } = world;
  const drops = await cutGateway(world);
  const kinds = Object.keys(FAULTS);
  const types = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.DM];
  const open: Place[] = [];
  for (const [index, kind] of kinds.entries()) {
    const other = kinds[(index + 4) % kinds.length] ?? kind;
    for (const type of types) {
      const one = await place(world, `open-${index}-${type}`, type);
      plague(world, one, [kind, other]);
      open.push(one);
    }
  }
  const gone = await place(world, 'gone', ChannelType.GuildText);
  const forbidden = await place(world, 'forbidden', ChannelType.GuildText);
  const goneForum = await place(world, 'gone-forum', ChannelType.GuildForum);
  const silent = await place(world, 'silent', ChannelType.DM);
  const closing = [gone, forbidden, goneForum, silent];

  const begun = performance.now();
  await world.start({ timeout: TIMEOUT });
  const close = [
    () => preview.world.deleteChannel(gone.destination.id),
    () => preview.world.denyBot(forbidden.destination.id, PermissionFlagsBits.SendMessages),
    () => preview.world.deleteChannel(goneForum.destination.id),
    () => silent.owner.setDirectMessagesOpen(false),
  ];
  await Promise.all(
    closing.map(async (one, index) => {
      await vi.waitFor(async () => expect((await one.texts()).length).toBeGreaterThan(2), { timeout: 60_000 });
      close[index]?.();
    }),
  );
  const closed = async () => new Set((await disabledDestinations(db)).map(({ destination }) => destination.id));
  await vi.waitFor(
    async () => {
      const ids = await closed();
      const deliveries = await deliveriesAfter(db, 0, 10_000);
      expect(deliveries.filter(({ state, destination }) => state !== 'sent' && !ids.has(destination.id))).toEqual([]);
      expect(ids.size).toBe(closing.length);
    },
    { timeout: 90_000, interval: 100 },
  );

  for (const one of open) expect([one.destination, await one.texts()]).toEqual([one.destination, ALERTS]);
  const told = (person: PreviewPerson) =>
    person.messages(person.directMessages).filter(({ content }) => content.includes('cannot post in')).length;
  expect(closing.map(({ owner }) => told(owner))).toEqual([1, 1, 1, 0]);
  expect(open.map(({ owner }) => told(owner)).filter(Boolean)).toEqual([]);
  // Nothing of what did not come before it was closed is lost: it waits, and of one's own messages /inbox tells.
  const deliveries = await deliveriesAfter(db, 0, 10_000);
  const inState = (wanted: string) =>
    closing.map(
      ({ destination }) =>
        deliveries.filter(({ state, destination: { id } }) => state === wanted && id === destination.id).length,
    );
  const [sent, waiting] = [inState('sent'), inState('planned')];
  expect(sent.map((count, index) => count + (waiting[index] ?? 0))).toEqual(closing.map(() => EACH));
  expect((await forbidden.texts()).length).toBe(sent[1]);
  expect((await silent.texts()).length).toBe(sent[3]);
  const hit = preview.requests.filter(({ status, method }) => method === 'POST' && (status === null || status >= 429));
  const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
  process.stdout.write(
    `${(open.length + closing.length) * EACH} alerts to ${open.length + closing.length} destinations, ` +
      `${kinds.length} kinds of faults on ${open.length * 2} requests (${hit.length} without a good answer), ${drops()} gateway drops: ` +
      `${open.length * EACH + sum(sent)} came once, 0 twice, ${sum(waiting)} wait for ${closing.length} closed destinations, 3 owners told, 1 sees it in /inbox; ` +
      `${((performance.now() - begun) / 1000).toFixed(1)} s\n`,
  );
});
