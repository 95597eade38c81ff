import {
  ChannelType,
  MessageFlags,
  PermissionFlagsBits,
  REST,
  Routes,
  type APIMessage,
  type APIThreadChannel,
  type ForumChannel,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { Preview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { logIn, openPreview } from './bot.ts';

function rest(preview: Preview): REST {
  return new REST({ api: preview.apiUrl, retries: 0 }).setToken(preview.token);
}

async function say(preview: Preview, channelId: string, body: object = { content: 'hello' }): Promise<APIMessage> {
  return (await rest(preview).post(Routes.channelMessages(channelId), { body })) as APIMessage;
}

test('a message is posted, read, listed, changed and deleted', async () => {
  const preview = await openPreview();
  const api = rest(preview);
  const [first, second] = [await say(preview, SEED.papers), await say(preview, SEED.papers, { content: '  two ' })];
  expect(second.content).toBe('two');
  expect(await api.get(Routes.channelMessage(SEED.papers, first.id))).toMatchObject({ id: first.id });
  const listed = (await api.get(Routes.channelMessages(SEED.papers), {
    query: new URLSearchParams({ before: second.id }),
  })) as APIMessage[];
  expect(listed.map(({ id }) => id)).toEqual([first.id]);
  const edited = await api.patch(Routes.channelMessage(SEED.papers, first.id), { body: { content: 'changed' } });
  expect(edited).toMatchObject({ content: 'changed', edited_timestamp: expect.any(String) });
  await api.delete(Routes.channelMessage(SEED.papers, first.id));
  await expect(api.get(Routes.channelMessage(SEED.papers, first.id))).rejects.toMatchObject({ code: 10008 });
});

test('the same nonce within minutes gives the same message, later a new one', async () => {
  let now = Date.now();
  const preview = await openPreview({ clock: () => new Date(now) });
  const body = { content: 'a', nonce: 'n1', enforce_nonce: true };
  const first = await say(preview, SEED.papers, body);
  expect((await say(preview, SEED.papers, body)).id).toBe(first.id);
  expect((await say(preview, SEED.papers, { ...body, enforce_nonce: false })).id).not.toBe(first.id);
  now += 10 * 60_000;
  expect((await say(preview, SEED.papers, body)).id).not.toBe(first.id);
});

test.each<[string, (preview: Preview) => string, number, number]>([
  ['a channel that was never there', () => '1180000000000009999', 404, 10003],
  [
    'a deleted channel',
    ({ world }) => {
      world.deleteChannel(SEED.papers);
      return SEED.papers;
    },
    404,
    10003,
  ],
  [
    'a channel it does not see',
    ({ world }) => {
      world.denyBot(SEED.papers, PermissionFlagsBits.ViewChannel);
      return SEED.papers;
    },
    403,
    50001,
  ],
  [
    'a channel it may not write in',
    ({ world }) => {
      world.denyBot(SEED.papers, PermissionFlagsBits.SendMessages);
      return SEED.papers;
    },
    403,
    50013,
  ],
  [
    'a server it was thrown out of',
    ({ world }) => {
      world.removeBot(SEED.guild);
      return SEED.papers;
    },
    403,
    50001,
  ],
  [
    'a reader who takes no direct messages',
    ({ user }) => {
      user.setDirectMessagesOpen(false);
      return user.directMessages;
    },
    403,
    50007,
  ],
  [
    'a locked thread',
    ({ world }) => {
      world.archiveThread(SEED.thread, true);
      return SEED.thread;
    },
    400,
    50083,
  ],
  ['a forum itself', () => SEED.forum, 400, 50008],
  ['a private channel of others', ({ world, user }) => world.addPrivateChannel([user]), 403, 50001],
])('a message to %s is refused', async (_, channel, status, code) => {
  const preview = await openPreview();
  const refused = say(preview, channel(preview));
  await expect(refused).rejects.toMatchObject({ status, code });
});

test('embeds and files need their own permission', async () => {
  const preview = await openPreview();
  preview.world.denyBot(SEED.papers, PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles);
  await expect(say(preview, SEED.papers, { embeds: [{ title: 'a' }] })).rejects.toMatchObject({ code: 50013 });
  await expect(
    rest(preview).post(Routes.channelMessages(SEED.papers), { files: [{ name: 'a.txt', data: 'a' }] }),
  ).rejects.toMatchObject({ code: 50013 });
  preview.world.denyBot(SEED.papers, 0n);
  await say(preview, SEED.papers, { embeds: [{ title: 'a' }] });
});

test('a revoked permission is seen by the client, too', async () => {
  const preview = await openPreview();
  const client = await logIn(preview);
  const channel = client.guilds.cache.get(SEED.guild)?.channels.cache.get(SEED.papers);
  expect(channel?.permissionsFor(client.user)?.has('SendMessages')).toBe(true);
  preview.world.denyBot(SEED.papers, PermissionFlagsBits.SendMessages);
  await expect.poll(() => channel?.permissionsFor(client.user)?.has('SendMessages')).toBe(false);
});

test('direct messages are opened once, and are between the bot and one reader', async () => {
  const preview = await openPreview();
  const client = await logIn(preview);
  const user = await client.users.fetch(preview.user.user.id);
  const direct = await user.createDM();
  expect(direct.id).toBe(preview.user.directMessages);
  await user.send('psst');
  expect(preview.user.messages(direct.id).map(({ content }) => content)).toEqual(['psst']);
  expect(preview.addUser('bob').directMessages).not.toBe(direct.id);
});

test('a post of a forum has its message and its tags', async () => {
  const preview = await openPreview();
  const client = await logIn(preview);
  const forum = client.guilds.cache.get(SEED.guild)?.channels.cache.get(SEED.forum);
  if (forum?.type !== ChannelType.GuildForum) throw new Error('no forum');
  expect(forum.availableTags.map(({ name }) => name)).toEqual(['discussion', 'summary', 'question']);
  const thread = await forum.threads.create({
    name: 'Papers of today',
    message: { content: 'Here they are', files: [{ name: 'a.txt', attachment: Buffer.from('a') }] },
    appliedTags: [SEED.tags.summary],
  });
  expect(thread.appliedTags).toEqual([SEED.tags.summary]);
  const [message] = preview.world.messages(thread.id);
  expect(message).toMatchObject({ id: thread.id, content: 'Here they are', attachments: [{ filename: 'a.txt' }] });
  await thread.send('and more');
  await thread.setArchived(true);
  await thread.setName('Papers of yesterday').catch((error: unknown) => error);
  expect(preview.world.messages(thread.id)).toHaveLength(2);
});

test('a post of a forum takes no nonce, and its files and embeds need permission', async () => {
  const preview = await openPreview();
  const start = async (message: object): Promise<unknown> =>
    rest(preview).post(Routes.threads(SEED.forum), { body: { name: 'Papers of today', message } });
  const message = { content: 'a', nonce: 'n1', enforce_nonce: true };
  const [first, second] = [await start(message), await start(message)] as APIThreadChannel[];
  expect(second?.id).not.toBe(first?.id);
  expect(preview.world.messages(first?.id ?? '')[0]).not.toHaveProperty('nonce');
  preview.world.denyBot(SEED.forum, PermissionFlagsBits.EmbedLinks);
  await expect(start({ embeds: [{ title: 'a' }] })).rejects.toMatchObject({ code: 50013 });
});

test('threads are listed: the open ones of a server that the bot sees, the archived ones of a channel', async () => {
  const preview = await openPreview();
  const hidden = preview.world.addChannel({ name: 'hidden' });
  const [first, second, third] = ['a', 'b', 'c'].map((name) => preview.world.addThread(SEED.papers, name));
  preview.world.addThread(hidden, 'd');
  preview.world.denyBot(hidden, PermissionFlagsBits.ViewChannel);
  preview.world.archiveThread(first ?? '');
  preview.world.archiveThread(second ?? '');
  const idsIn = (answer: unknown): string[] => (answer as { threads: APIThreadChannel[] }).threads.map(({ id }) => id);
  expect(idsIn(await rest(preview).get(Routes.guildActiveThreads(SEED.guild)))).toEqual([third, SEED.thread]);
  const archived = await rest(preview).get(Routes.channelThreads(SEED.papers, 'public'));
  expect(new Set(idsIn(archived))).toEqual(new Set([first, second]));
  expect(archived).toMatchObject({ has_more: false });
});

test('a message in an archived thread is changed only when the thread is open again', async () => {
  const preview = await openPreview();
  const thread = await logIn(preview).then(async (client) => {
    const forum = client.guilds.cache.get(SEED.guild)?.channels.cache.get(SEED.forum) as ForumChannel;
    return forum.threads.create({ name: 'Papers', message: { content: 'a' } });
  });
  const change = async (): Promise<unknown> =>
    rest(preview).patch(Routes.channelMessage(thread.id, thread.id), { body: { content: 'b' } });
  preview.world.archiveThread(thread.id);
  await expect(change()).rejects.toMatchObject({ status: 400, code: 50083 });
  await rest(preview).patch(Routes.channel(thread.id), { body: { archived: false } });
  expect(await change()).toMatchObject({ content: 'b' });
});

test('a thread that is locked is opened by those who manage threads alone', async () => {
  const preview = await openPreview();
  const open = async (): Promise<unknown> =>
    rest(preview).patch(Routes.channel(SEED.thread), { body: { archived: false } });
  preview.world.archiveThread(SEED.thread);
  expect(await open()).toMatchObject({ thread_metadata: { archived: false } });
  preview.world.archiveThread(SEED.thread, true);
  await expect(open()).rejects.toMatchObject({ code: 50013 });
});

test('a reader who shares no server with the bot cannot be written to', async () => {
  const preview = await openPreview();
  preview.world.removeBot(SEED.guild);
  await expect(say(preview, SEED.directMessages)).rejects.toMatchObject({ status: 403, code: 50278 });
});

test('a forum may require a tag, and always a message and a name', async () => {
  const preview = await openPreview();
  const forum = preview.world.addChannel({
    name: 'strict',
    type: ChannelType.GuildForum,
    tags: ['a'],
    tagRequired: true,
  });
  const start = async (body: object): Promise<unknown> => rest(preview).post(Routes.threads(forum), { body });
  const message = { content: 'a' };
  await expect(start({ name: 'a', message })).rejects.toMatchObject({ code: 40067 });
  await expect(start({ name: 'a' })).rejects.toMatchObject({ code: 50035 });
  await expect(start({ name: 'x'.repeat(101), message })).rejects.toMatchObject({ code: 50035 });
  await expect(start({ name: 'a', message, applied_tags: ['1180000000000009999'] })).rejects.toMatchObject({
    code: 50035,
  });
  await expect(start({ name: 'a', message: {} })).rejects.toMatchObject({ code: 50006 });
});

test('a thread starts from a message, once, and wakes when written in', async () => {
  const preview = await openPreview();
  const message = await say(preview, SEED.papers);
  const path = Routes.threads(SEED.papers, message.id);
  const thread = (await rest(preview).post(path, { body: { name: 'About it' } })) as APIThreadChannel;
  expect(thread).toMatchObject({ id: message.id, type: ChannelType.PublicThread, parent_id: SEED.papers });
  await expect(rest(preview).post(path, { body: { name: 'Again' } })).rejects.toMatchObject({ code: 160004 });
  preview.world.archiveThread(thread.id);
  await say(preview, thread.id);
  expect(await rest(preview).get(Routes.channel(thread.id))).toMatchObject({ thread_metadata: { archived: false } });
});

test('an announcement is published once, and nothing else is', async () => {
  const preview = await openPreview();
  const publish = async (channelId: string): Promise<APIMessage> => {
    const { id } = await say(preview, channelId);
    await rest(preview).post(Routes.channelMessageCrosspost(channelId, id));
    return (await rest(preview).post(Routes.channelMessageCrosspost(channelId, id))) as APIMessage;
  };
  await expect(publish(SEED.papers)).rejects.toMatchObject({ code: 50024 });
  await expect(publish(SEED.announcements)).rejects.toMatchObject({ code: 40033 });
  expect(preview.world.messages(SEED.announcements)[0]?.flags).toBe(MessageFlags.Crossposted);
});

test('only those whom allowed_mentions names are notified', async () => {
  const preview = await openPreview();
  const content = `<@${SEED.reader}> @everyone`;
  const quiet = await say(preview, SEED.papers, { content, allowed_mentions: { parse: [] } });
  expect(quiet).toMatchObject({ mentions: [], mention_everyone: false });
  const loud = await say(preview, SEED.papers, { content, allowed_mentions: { users: [SEED.reader] } });
  expect(loud).toMatchObject({ mentions: [{ id: SEED.reader }], mention_everyone: false });
});

test('a role is notified when it lets itself be, or the bot may notify everybody', async () => {
  const preview = await openPreview();
  const [open, closed] = [preview.world.addRole('readers', { mentionable: true }), preview.world.addRole('staff')];
  const content = `<@&${open}> <@&${closed}>`;
  const message = await say(preview, SEED.papers, { content, allowed_mentions: { roles: [open, closed] } });
  expect(message.mention_roles).toEqual([open]);
  preview.world.setMentionable(closed, true);
  preview.world.deleteRole(open);
  expect((await say(preview, SEED.papers, { content })).mention_roles).toEqual([closed]);
});

test('a reply needs the message it answers', async () => {
  const preview = await openPreview();
  const first = await say(preview, SEED.papers);
  const reference = { content: 'yes', message_reference: { message_id: first.id } };
  expect(await say(preview, SEED.papers, reference)).toMatchObject({ referenced_message: { id: first.id } });
  preview.world.deleteMessage(SEED.papers, first.id);
  await expect(say(preview, SEED.papers, reference)).rejects.toMatchObject({ code: 50035 });
});

test('the bot does not change what others wrote or what is not there', async () => {
  const preview = await openPreview();
  const message = await say(preview, SEED.papers);
  preview.world.deleteMessage(SEED.papers, message.id);
  const path = Routes.channelMessage(SEED.papers, message.id);
  await expect(rest(preview).patch(path, { body: { content: 'b' } })).rejects.toMatchObject({ code: 10008 });
  await expect(rest(preview).get('/channels/1/nothing')).rejects.toMatchObject({ status: 404 });
  await expect(rest(preview).put(Routes.channelMessages(SEED.papers))).rejects.toMatchObject({ status: 405 });
});
