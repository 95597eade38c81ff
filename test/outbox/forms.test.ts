import { type APIGuildForumChannel, type APIMessage, ChannelType, MessageFlags, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { disabledDestinations } from '../../src/store/disabled-destinations.ts';
import { openWorld, type World } from './world.ts';
import { SEED } from '../../src/preview/seed.ts';

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const states = (world: World, ...expected: string[]) =>
  until(async () => expect(await world.states()).toEqual(expected));
const channel = (id: string) => ({ kind: 'channel', id }) as const;
const LOST = { method: 'POST', instead: 'reset' } as const;

async function forumWorld(given: { tags?: string[]; tagRequired?: boolean } = {}) {
  const world = await openWorld();
  const forum = world.preview.world.addChannel({ name: 'papers', type: ChannelType.GuildForum, ...given });
  const plan = (subject: string, post: { name?: string; applied_tags?: string[] } = {}) =>
    planDelivery(
      world.db,
      {
        destination: channel(forum),
        subject,
        form: 'forum post',
        payload: { name: subject, message: { content: subject }, ...post },
      },
      new Date(),
    );
  return { world, forum, plan };
}

describe('a file', () => {
  const PICTURE = { name: 'trends.png', data: Buffer.from('a picture').toString('base64'), description: 'Lines' };
  const pictured = async ({ attachments = [] }: Partial<APIMessage>) => {
    const [file, ...others] = attachments;
    expect([file?.filename, file?.description, others]).toEqual(['trends.png', 'Lines', []]);
    expect(await (await fetch(file?.url ?? '')).text()).toBe('a picture');
  };

  it('goes with a message and with a forum post, and stays when they are edited', async () => {
    const { world, forum } = await forumWorld();
    const channelId = world.channel('weekly');
    const [destination, there] = [channel(channelId), channel(forum)];
    const now = new Date();
    const payload = { content: 'Week' };
    await planDelivery(world.db, { destination, subject: 'week', payload, files: [PICTURE] }, now);
    const post = { name: 'Week', message: payload };
    const posting = {
      destination: there,
      form: 'forum post',
      subject: 'week',
      payload: post,
      files: [PICTURE],
    } as const;
    await planDelivery(world.db, posting, now);
    for (const at of [destination, there]) {
      await planDelivery(
        world.db,
        { destination: at, subject: 'edit', edits: 'week', payload: { content: 'Week, changed' } },
        now,
      );
    }
    await world.start();
    await states(world, 'sent', 'sent', 'sent', 'sent');
    const [message] = world.preview.world.messages(channelId);
    expect(message?.content).toBe('Week, changed');
    await pictured(message ?? {});
    const posts = world.preview.requests.filter(({ path }) => path.endsWith(`/channels/${forum}/threads`));
    expect(posts.map(({ body }) => body)).toMatchObject([{ message: { attachments: [{ filename: 'trends.png' }] } }]);
    const list = (await world.get(`/guilds/${SEED.guild}/threads/active`)) as {
      threads: { id: string; parent_id: string }[];
    };
    const thread = list.threads.find(({ parent_id }) => parent_id === forum);
    await pictured(world.preview.world.messages(thread?.id ?? '')[0] ?? {});
  });
});

describe('a forum post', () => {
  it('is a thread of its own with its first message', async () => {
    const { world, forum, plan } = await forumWorld({ tags: ['daily'], tagRequired: true });
    const { available_tags: tags } = (await world.get(`/channels/${forum}`)) as APIGuildForumChannel;
    const applied_tags = tags.map(({ id }) => id);
    for (const subject of ['1', '2']) await plan(subject, { applied_tags });
    await world.start();
    await states(world, 'sent', 'sent');
    expect(await world.forumPosts(forum)).toEqual([
      { name: '1', text: '1', tags: applied_tags },
      { name: '2', text: '2', tags: applied_tags },
    ]);
  });

  it.each([
    ['arrived', { applied: true }, 1],
    ['did not arrive', { applied: false }, 2],
  ])('is made once when its answer is lost and it %s, though Discord knows no nonce there', async (_, fault, tries) => {
    const { world, forum, plan } = await forumWorld();
    const path = new RegExp(`/channels/${forum}/threads`);
    await plan('0', { name: 'The same name' });
    await world.start();
    await states(world, 'sent');
    world.preview.faults.add({ ...LOST, ...fault, path });
    await plan('1', { name: 'The same name' });
    await states(world, 'sent', 'sent');
    expect(await world.forumPosts(forum)).toEqual([
      { name: 'The same name', text: '0', tags: [] },
      { name: 'The same name', text: '1', tags: [] },
    ]);
    const posts = world.preview.requests.filter((request) => request.method === 'POST' && path.test(request.path));
    expect(posts).toHaveLength(1 + tries);
  });

  it('closes a forum that asks for a tag, in words', async () => {
    const { world, plan } = await forumWorld({ tags: ['daily'], tagRequired: true });
    await plan('1');
    await world.start();
    await until(async () =>
      expect(await disabledDestinations(world.db)).toMatchObject([
        { failure: { code: '40067', words: expect.stringContaining('tag') as string } },
      ]),
    );
  });
});

describe('an announcement', () => {
  async function announced(world: World, ...subjects: string[]) {
    const id = world.preview.world.addChannel({ name: 'news', type: ChannelType.GuildAnnouncement });
    for (const subject of subjects) {
      const payload = { content: subject };
      await planDelivery(world.db, { destination: channel(id), subject, form: 'announcement', payload }, new Date());
    }
    return id;
  }
  const published = (messages: APIMessage[]) =>
    messages.map(({ content, flags = 0 }) => [content, (flags & MessageFlags.Crossposted) !== 0]);

  it.each([
    ['nothing goes wrong', {}],
    ['publishing fails for a while', { path: /crosspost/, instead: { status: 500 }, times: 2 }],
    ['the answer to publishing is lost', { path: /crosspost/, instead: 'reset' as const, applied: true }],
    ['the answer to posting is lost', { path: /messages$/, instead: 'reset' as const, applied: true }],
    ['Discord asks to wait with publishing', { path: /crosspost/, instead: { retryAfter: 0.3 } }],
  ])('is posted and published once, in order, when %s', async (_, fault) => {
    const world = await openWorld();
    if ('instead' in fault) world.preview.faults.add({ method: 'POST', ...fault });
    const id = await announced(world, '1', '2');
    await world.start();
    await states(world, 'sent', 'sent');
    expect(published(world.preview.world.messages(id))).toEqual([
      ['1', true],
      ['2', true],
    ]);
  });

  it('is never posted again when it may not be published', async () => {
    const world = await openWorld();
    world.preview.faults.add({ path: /crosspost/, instead: { status: 403, code: 50_013 } });
    const id = await announced(world, '1', '2');
    await world.start();
    await states(world, 'sent', 'sent');
    expect(published(world.preview.world.messages(id))).toEqual([
      ['1', false],
      ['2', true],
    ]);
    expect(await deliveriesAfter(world.db, 0, 1)).toMatchObject([{ failure: { code: '50013' } }]);
    expect(await disabledDestinations(world.db)).toEqual([]);
  });

  it('is published after a restart in between, without another post', async () => {
    const world = await openWorld();
    world.preview.faults.add({ path: /crosspost/, instead: { status: 500 }, times: 1000 });
    const id = await announced(world, '1');
    const stop = await world.start();
    await until(() => expect(world.preview.requests.some(({ path }) => path.includes('crosspost'))).toBe(true));
    await stop();
    world.preview.faults.clear();
    await world.start();
    await states(world, 'sent');
    expect(published(world.preview.world.messages(id))).toEqual([['1', true]]);
  });
});

describe('an edit', () => {
  const edit = (world: World, id: string, subject: string, edits: string) =>
    planDelivery(world.db, { destination: channel(id), subject, edits, payload: { content: subject } }, new Date());

  it('waits for the message, of several only the newest is sent, and what it does not name goes', async () => {
    const world = await openWorld();
    const id = world.channel('a');
    const payload = { content: 'post', embeds: [{ title: 'Owls' }] };
    await planDelivery(world.db, { destination: channel(id), subject: 'post', payload }, new Date());
    for (const subject of ['e1', 'e2', 'e3']) await edit(world, id, subject, 'post');
    await world.start();
    await states(world, 'sent', 'failed', 'failed', 'sent');
    expect(world.preview.world.messages(id)).toMatchObject([{ content: 'e3', embeds: [] }]);
    expect(world.preview.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  it('changes the first message of a forum post', async () => {
    const { world, forum, plan } = await forumWorld();
    await plan('post');
    await edit(world, forum, 'edited', 'post');
    await world.start();
    await states(world, 'sent', 'sent');
    expect(await world.forumPosts(forum)).toEqual([{ name: 'post', text: 'edited', tags: [] }]);
  });

  it.each([
    ['a 500', { instead: { status: 500 } }],
    ['a lost answer', { instead: 'reset' as const, applied: true }],
  ])('arrives in spite of %s', async (_, fault) => {
    const world = await openWorld();
    const id = world.channel('a');
    world.preview.faults.add({ method: 'PATCH', ...fault });
    await world.plan(id, 'post');
    await edit(world, id, 'edited', 'post');
    await world.start();
    await states(world, 'sent', 'sent');
    expect(world.posted(id)).toEqual(['edited']);
  });

  it('is done when somebody has deleted the message, and given up when there never was one; both disable nothing', async () => {
    const world = await openWorld();
    const id = world.channel('a');
    await world.plan(id, 'post', 'x'.repeat(2001));
    await world.start();
    await states(world, 'sent', 'failed');
    const [message] = world.preview.world.messages(id);
    world.preview.world.deleteMessage(id, message?.id ?? '');
    await edit(world, id, 'e1', 'post');
    await edit(world, id, 'e2', 'x'.repeat(2001));
    await states(world, 'sent', 'failed', 'sent', 'failed');
    world.preview.world.denyBot(id, PermissionFlagsBits.ViewChannel);
    await edit(world, id, 'e3', 'post');
    await states(world, 'sent', 'failed', 'sent', 'failed', 'failed');
    expect(await disabledDestinations(world.db)).toEqual([]);
  });
});
