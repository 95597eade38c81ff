import { ApplicationCommandOptionType, ChannelType, PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelInfo, RoleInfo } from '../../src/discord/channels.ts';
import { defineCommand, type Services } from '../../src/discord/command.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import { SEED } from '../../src/preview/seed.ts';
import { openWorld } from '../e2e/bot.ts';

/** A bot, and what its commands are told of channels and roles. */
async function open() {
  let services: Services | undefined;
  const ask = defineCommand({
    declaration: slashCommand({
      name: 'ask',
      description: 'Shows what it is given',
      options: [{ type: ApplicationCommandOptionType.String, name: 'text', description: 'Anything' }],
    }),
    options: z.object({}),
    async run(_, given) {
      services = given;
      return { content: 'x' };
    },
  });
  const { preview } = await openWorld({ commands: [ask] });
  await preview.user.command(SEED.papers, 'ask');
  const channel = async (id: string): Promise<ChannelInfo | null> => services?.channel(id) ?? null;
  const role = async (id: string, guildId: string = SEED.guild): Promise<RoleInfo | null> =>
    services?.role(guildId, id) ?? null;
  const permissionsOf = async (userId: string, id: string): Promise<bigint | undefined> =>
    services?.permissionsOf(userId, id);
  return { preview, channel, role, permissionsOf };
}

describe('a channel', () => {
  it('is known by its kind, its server and its name', async () => {
    const { preview, channel } = await open();
    expect(await channel(SEED.papers)).toEqual({
      id: SEED.papers,
      guildId: SEED.guild,
      name: 'papers',
      kind: 'text',
      missing: [],
      mentionsEveryRole: false,
      requiresTag: false,
      tags: [],
    });
    expect(await channel(SEED.announcements)).toMatchObject({ kind: 'announcement', missing: [] });
    expect(await channel(SEED.thread)).toMatchObject({ kind: 'thread', guildId: SEED.guild, missing: [] });
    expect(await channel(preview.user.directMessages)).toMatchObject({ kind: 'direct', guildId: null, missing: [] });
    const other = preview.world.addServer('Elsewhere');
    expect(await channel(other.channelId)).toMatchObject({ kind: 'text', guildId: other.id });
  });

  it('that is a forum tells its tags and whether one is needed', async () => {
    const { preview, channel } = await open();
    const forum = preview.world.addChannel({
      name: 'posts',
      type: ChannelType.GuildForum,
      tags: ['news', 'talk'],
      tagRequired: true,
    });
    const info = await channel(forum);
    expect(info).toMatchObject({ kind: 'forum', requiresTag: true });
    expect(info?.tags.map(({ name }) => name)).toEqual(['news', 'talk']);
    expect(await channel(SEED.forum)).toMatchObject({ kind: 'forum', requiresTag: false });
  });

  it('that is gone, hidden from the bot, or no place to write in is none', async () => {
    const { preview, channel } = await open();
    const foreign = preview.world.addServer('Elsewhere', { hasBot: false });
    const folder = preview.world.addChannel({ name: 'folder', type: ChannelType.GuildCategory });
    preview.world.deleteChannel(SEED.papers);
    await expect.poll(() => channel(SEED.papers)).toBeNull();
    expect(await channel(foreign.channelId)).toBeNull();
    expect(await channel(folder)).toBeNull();
    expect(await channel('1180000000000009999')).toBeNull();
    expect(await channel('papers')).toBeNull();
  });

  it('names the permissions that are missing, as Discord does', async () => {
    const { preview, channel } = await open();
    preview.world.denyBot(SEED.papers, Permission.SendMessages | Permission.EmbedLinks);
    preview.world.denyBot(SEED.forum, Permission.SendMessages | Permission.ViewChannel);
    preview.world.denyBot(SEED.readingGroup, Permission.SendMessagesInThreads);
    await expect.poll(async () => (await channel(SEED.papers))?.missing).toEqual(['Send Messages', 'Embed Links']);
    expect((await channel(SEED.forum))?.missing).toEqual(['View Channel', 'Create Posts']);
    await expect.poll(async () => (await channel(SEED.thread))?.missing).toEqual(['Send Messages in Threads']);
  });

  it('that is a locked thread needs the right to manage threads', async () => {
    const { preview, channel } = await open();
    preview.world.archiveThread(SEED.thread, true);
    await expect.poll(async () => (await channel(SEED.thread))?.missing).toEqual(['Manage Threads']);
  });

  it('cannot be told while Discord does not answer', async () => {
    const { preview, channel } = await open();
    preview.faults.add({ path: /^\/channels\/1180000000000009999$/, instead: { status: 500 }, times: 10 });
    await expect(channel('1180000000000009999')).rejects.toThrow();
  });
});

describe('a role', () => {
  it('is known with whether everybody may mention it', async () => {
    const { preview, role } = await open();
    const readers = preview.world.addRole('readers', { mentionable: true });
    const quiet = preview.world.addRole('quiet');
    expect(await role(readers)).toEqual({ id: readers, name: 'readers', mentionable: true });
    expect(await role(quiet)).toMatchObject({ mentionable: false });
  });

  it('that is gone, of another server or everyone is none', async () => {
    const { preview, role } = await open();
    const readers = preview.world.addRole('readers');
    const other = preview.world.addServer('Elsewhere');
    expect(await role(readers, other.id)).toBeNull();
    expect(await role('1180000000000009999')).toBeNull();
    expect(await role(SEED.guild)).toBeNull();
    expect(await role(readers, '1180000000000009999')).toBeNull();
  });
});

it('the permissions of a member are told of the channel that is asked about', async () => {
  const { preview, permissionsOf } = await open();
  const { id } = preview.addUser('grace').user;
  preview.world.allow(SEED.papers, id, Permission.ManageChannels);
  expect(((await permissionsOf(id, SEED.papers)) ?? 0n) & Permission.ManageChannels).toBe(Permission.ManageChannels);
  expect(((await permissionsOf(id, SEED.readingGroup)) ?? 0n) & Permission.ManageChannels).toBe(0n);
  expect(await permissionsOf(id, preview.user.directMessages)).toBe(0n);
  expect(await permissionsOf('1180000000000000999', SEED.papers)).toBe(0n);
  expect(await permissionsOf(id, '1180000000000000998')).toBe(0n);
});
