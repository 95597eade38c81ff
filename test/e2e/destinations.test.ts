import { type APIMessage, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { createSender } from '../../src/discord/send.ts';
import { type OutboxState, startOutbox } from '../../src/outbox/worker.ts';
import { SEED } from '../../src/preview/seed.ts';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { disabledDestinations } from '../../src/store/disabled-destinations.ts';
import { holdLease } from '../../src/store/leases.ts';
import { showProcess } from '../../src/store/processes.ts';
import { createTopic } from '../../src/store/topics.ts';
import { buttonOf, buttonsOf, embedOf, isPrivate, NOW, openWorld } from './bot.ts';

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const AGAIN = 'Post there again';

/** A channel that two readers set something up for, with two messages planned, and the outbox at work. */
async function followedChannel() {
  const world = await openWorld();
  const { preview, db } = world;
  const channelId = preview.world.addChannel({ name: 'owls' });
  const destination = { kind: 'channel', id: channelId } as const;
  const grace = preview.addUser('grace');
  for (const { user } of [preview.user, grace]) {
    const name = `owls for ${user.username}`;
    await createTopic(db, { name, query: 'owl', readerId: user.id, guildId: SEED.guild, destination }, NOW);
  }
  for (const subject of ['1', '2']) {
    await planDelivery(db, { destination, subject, payload: { content: subject } }, new Date());
  }
  const start = () => {
    const sender = createSender(preview);
    const outbox = startOutbox({ db, sender, clock: systemClock, log: silentLog, renderNotice: ownerNotice });
    onTestFinished(() => outbox.stop());
  };
  const notices = (person = preview.user): APIMessage[] => person.messages(person.directMessages);
  const posted = () => preview.world.messages(channelId).map(({ content }) => content);
  return { ...world, channelId, destination, grace, start, notices, posted };
}

const lastOf = (messages: APIMessage[]) => messages.at(-1) as APIMessage;

describe('a destination that is closed', () => {
  it('is told each owner with the reason, and opened again with one press', async () => {
    const { preview, db, channelId, grace, start, notices, posted } = await followedChannel();
    preview.world.denyBot(channelId, PermissionFlagsBits.SendMessages);
    start();
    await until(() => expect([notices().length, notices(grace).length]).toEqual([1, 1]));
    const notice = lastOf(notices());
    expect(notice.content).toContain(`<#${channelId}>`);
    expect(notice.content).toContain('Paperboy may not post in the channel.');
    expect(buttonsOf(notice)).toEqual([AGAIN]);

    const tooSoon = await preview.user.press(notice, buttonOf(notice, AGAIN));
    expect(tooSoon.content).toContain('I still lack: Send Messages');
    expect(await disabledDestinations(db)).toHaveLength(1);

    preview.world.denyBot(channelId, 0n);
    const pressed = await preview.user.press(notice, buttonOf(notice, AGAIN));
    expect(pressed.content).toBe(`I post in <#${channelId}> again. 2 messages waited and go out now.`);
    expect(buttonsOf(pressed)).toEqual([]);
    await until(() => expect(posted()).toEqual(['1', '2']));
    expect(notices().map(({ content }) => content)).toEqual([pressed.content, tooSoon.content]);
    expect(notices(grace)).toHaveLength(1);
  });

  it('that fails again is closed again and told once more, not over and over', async () => {
    const { preview, db, channelId, start, notices, posted } = await followedChannel();
    const path = new RegExp(`/channels/${channelId}/messages`);
    preview.faults.add({ path, instead: { status: 403, code: 50_013 }, times: 2 });
    start();
    await until(() => expect(notices()).toHaveLength(1));
    const first = lastOf(notices());
    await preview.user.press(first, buttonOf(first, AGAIN));
    await until(() => expect(notices()).toHaveLength(2));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(notices()).toHaveLength(2);
    expect(preview.requests.filter((request) => path.test(request.path))).toHaveLength(2);
    const second = lastOf(notices());
    await preview.user.press(second, buttonOf(second, AGAIN));
    await until(() => expect(posted()).toEqual(['1', '2']));
    expect(await disabledDestinations(db)).toEqual([]);
  });

  it('is not opened by who may manage the server no longer', async () => {
    const { preview, db, channelId, start, notices } = await followedChannel();
    preview.world.denyBot(channelId, PermissionFlagsBits.SendMessages);
    start();
    await until(() => expect(notices()).toHaveLength(1));
    preview.world.denyBot(channelId, 0n);
    const manager = preview.addUser('manager');
    manager.setPermissions(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ManageChannels);
    const overview = await manager.command(SEED.papers, 'destinations');
    manager.setPermissions(PermissionFlagsBits.ViewChannel);
    const refused = await manager.press(overview, buttonOf(overview, 'Post in #owls again'));
    expect(refused.content).toContain('Only who set something up there');
    expect(await disabledDestinations(db)).toHaveLength(1);
  });

  it('tells nobody when a reader takes no direct messages, and others go on', async () => {
    const { preview, db, channelId, grace, start, notices } = await followedChannel();
    grace.setDirectMessagesOpen(false);
    preview.world.deleteChannel(channelId);
    start();
    await until(() => expect(notices()).toHaveLength(1));
    await until(async () => expect(await disabledDestinations(db)).toHaveLength(2));
    expect(notices(grace)).toEqual([]);
    const subjects = (await deliveriesAfter(db, 0, 100)).map(({ subject }) => subject.split(':')[0]);
    expect(subjects).toEqual(['1', '2', 'closed', 'closed']);
  });
});

describe('/destinations', () => {
  it('shows who may manage the server where messages go, and opens what is closed', async () => {
    const { preview, channelId, start, notices, posted } = await followedChannel();
    preview.world.denyBot(channelId, PermissionFlagsBits.SendMessages);
    start();
    await until(() => expect(notices()).toHaveLength(1));
    const answer = await preview.user.command(SEED.papers, 'destinations');
    expect(isPrivate(answer)).toBe(true);
    expect(embedOf(answer).description).toMatch(
      new RegExp(`^<#${channelId}>: 2 topics\\. \\*\\*Nothing goes there\\*\\* since .* 2 messages waiting\\.$`),
    );
    preview.world.denyBot(channelId, 0n);
    const opened = await preview.user.press(answer, buttonOf(answer, 'Post in #owls again'));
    expect(embedOf(opened).description).toBe(`<#${channelId}>: 2 topics`);
    await until(() => expect(posted()).toEqual(['1', '2']));
  });

  it('says that nothing goes anywhere yet', async () => {
    const { preview } = await openWorld();
    expect(embedOf(await preview.user.command(SEED.papers, 'destinations')).description).toContain('Nowhere so far.');
  });

  it('is for those who may manage the server', async () => {
    const { preview } = await openWorld();
    const member = preview.addUser('member');
    member.setPermissions(0n);
    expect((await member.command(SEED.papers, 'destinations')).content).toContain('Manage Server');
    expect((await member.command(member.directMessages, 'destinations')).content).toContain('ask there');
  });
});

it.each<[OutboxState | 'elsewhere', string]>([
  ['delivers', 'None waits. Delivered by this process.'],
  ['stands by', 'None waits. No process delivers right now'],
  ['stopped', '**Nothing is delivered**'],
  ['elsewhere', 'None waits. **No process delivers right now.** What is planned is kept.'],
])('/status says of an outbox that is in the state "%s": %s', async (outboxState, words) => {
  const { preview } = await openWorld({ outboxState });
  const { fields } = embedOf(await preview.user.command(SEED.papers, 'status'));
  expect(fields?.find(({ name }) => name === 'Messages')?.value).toContain(words);
});

it('/status of a process that leaves it to others says who delivers, and which processes run', async () => {
  const { preview, db } = await openWorld({ outboxState: 'elsewhere' });
  const process = { host: 'owl', pid: 7, shards: null, version: '1.2.3' };
  await holdLease(db, 'sender', 'b', 60_000);
  await showProcess(db, { ...process, id: 'a', roles: ['gateway', 'ingest'] });
  await showProcess(db, { ...process, id: 'b', roles: ['sender'] });
  await showProcess(db, { ...process, id: 'c', roles: ['sender'] });
  const { fields } = embedOf(await preview.user.command(SEED.papers, 'status'));
  const valueOf = (field: string) => fields?.find(({ name }) => name === field)?.value;
  expect(valueOf('Messages')).toMatch(/^None waits\. Delivered by another process since <t:\d+:R>\.$/);
  expect(valueOf('Looking for papers')).toContain('**No process looks for papers right now.**');
  expect(valueOf('Processes')).toBe(
    '**3 processes** run.\nAnswering over the gateway: 1\nLooking for papers, one at a time: 1\nDelivering, one at a time: 2',
  );
});
