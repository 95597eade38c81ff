import {
  ApplicationCommandOptionType,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits as Permission,
  REST,
} from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelInfo, Places, RoleInfo } from '../../src/discord/channels.ts';
import { defineCommand } from '../../src/discord/command.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import { createRestPlaces } from '../../src/discord/rest-places.ts';
import { SEED } from '../../src/preview/seed.ts';
import { openWorld } from '../e2e/bot.ts';

/** How channels and roles are known. */
const WAYS = ['the gateway', 'REST alone'] as const;

/** A bot, and what its commands are told of channels and roles. */
async function open(way: (typeof WAYS)[number] = 'the gateway') {
  let services: Places | undefined;
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
  const { preview, discord } = await openWorld({ commands: [ask] });
  await preview.user.command(SEED.papers, 'ask');
  const rest = new REST({ api: preview.apiUrl, version: '10', retries: 0 }).setToken(preview.token);
  if (way === 'REST alone') services = createRestPlaces({ rest, botId: discord.applicationId, freshFor: 0 });
  const channel = async (id: string): Promise<ChannelInfo | null> => services?.channel(id) ?? null;
  const role = async (id: string, guildId: string = SEED.guild): Promise<RoleInfo | null> =>
    services?.role(guildId, id) ?? null;
  const permissionsOf = async (userId: string, id: string): Promise<bigint | undefined> =>
    services?.permissionsOf(userId, id);
  return { preview, discord, channel, role, permissionsOf };
}

describe.each(WAYS)('a channel, known by %s,', (way) => {
  it('is known by its kind, its server and its name', async () => {
    const { preview, channel } = await open(way);
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
    const { preview, channel } = await open(way);
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
    const { preview, channel } = await open(way);
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
    const { preview, channel } = await open(way);
    preview.world.denyBot(SEED.papers, Permission.SendMessages | Permission.EmbedLinks);
    preview.world.denyBot(SEED.forum, Permission.SendMessages | Permission.ViewChannel);
    preview.world.denyBot(SEED.readingGroup, Permission.SendMessagesInThreads);
    await expect.poll(async () => (await channel(SEED.papers))?.missing).toEqual(['Send Messages', 'Embed Links']);
    // Without the gateway Discord does not say of which server a hidden channel is.
    const hidden = way === 'the gateway' ? ['View Channel', 'Create Posts'] : undefined;
    expect((await channel(SEED.forum))?.missing).toEqual(hidden);
    await expect.poll(async () => (await channel(SEED.thread))?.missing).toEqual(['Send Messages in Threads']);
  });

  it('that is a locked thread needs the right to manage threads', async () => {
    const { preview, channel } = await open(way);
    preview.world.archiveThread(SEED.thread, true);
    await expect.poll(async () => (await channel(SEED.thread))?.missing).toEqual(['Manage Threads']);
  });

  it('cannot be told while Discord does not answer', async () => {
    const { preview, channel } = await open(way);
    preview.faults.add({ path: /^\/channels\/1180000000000009999$/, instead: { status: 500 }, times: 10 });
    await expect(channel('1180000000000009999')).rejects.toThrow();
  });
});

describe.each(WAYS)('a role, known by %s,', (way) => {
  it('is known with whether everybody may mention it', async () => {
    const { preview, role } = await open(way);
    const readers = preview.world.addRole('readers', { mentionable: true });
    const quiet = preview.world.addRole('quiet');
    expect(await role(readers)).toEqual({ id: readers, name: 'readers', mentionable: true });
    expect(await role(quiet)).toMatchObject({ mentionable: false });
  });

  it('that is gone, of another server or everyone is none', async () => {
    const { preview, role } = await open(way);
    const readers = preview.world.addRole('readers');
    const other = preview.world.addServer('Elsewhere');
    expect(await role(readers, other.id)).toBeNull();
    expect(await role('1180000000000009999')).toBeNull();
    expect(await role(SEED.guild)).toBeNull();
    expect(await role(readers, '1180000000000009999')).toBeNull();
  });
});

it.each(WAYS)('the permissions of a member are told of the channel that is asked about, by %s', async (way) => {
  const { preview, permissionsOf } = await open(way);
  const { id } = preview.addUser('grace').user;
  preview.world.allow(SEED.papers, id, Permission.ManageChannels);
  expect(((await permissionsOf(id, SEED.papers)) ?? 0n) & Permission.ManageChannels).toBe(Permission.ManageChannels);
  expect(((await permissionsOf(id, SEED.readingGroup)) ?? 0n) & Permission.ManageChannels).toBe(0n);
  expect(await permissionsOf(id, preview.user.directMessages)).toBe(0n);
  expect(await permissionsOf('1180000000000000999', SEED.papers)).toBe(0n);
  expect(await permissionsOf(id, '1180000000000000998')).toBe(0n);
});

it('a member in time-out may only look on, however that is known', async () => {
  for (const way of WAYS) {
    const { preview, permissionsOf } = await open(way);
    const { id } = preview.addUser('grace').user;
    preview.world.allow(SEED.papers, id, Permission.ManageChannels);
    preview.world.timeOut(id, new Date(Date.now() + 60_000));
    expect(await permissionsOf(id, SEED.papers)).toBe(Permission.ViewChannel | Permission.ReadMessageHistory);
  }
});

const BITS = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles', 'MentionEveryone', 'ManageThreads'] as const;

const bits = fc.subarray([...BITS]).map((names) => String(names.reduce((all, name) => all | Permission[name], 0n)));

it('what a channel allows and denies comes to the same over the gateway and without it', async () => {
  const { preview, discord, channel, permissionsOf } = await open();
  const rest = new REST({ api: preview.apiUrl, version: '10' }).setToken(preview.token);
  const places = createRestPlaces({ rest, botId: discord.applicationId });
  const { id: graceId } = preview.addUser('grace').user;
  const subjects: [string, OverwriteType][] = [
    [SEED.guild, OverwriteType.Role],
    [SEED.botRole, OverwriteType.Role],
    [SEED.readers, OverwriteType.Role],
    [discord.applicationId, OverwriteType.Member],
    [graceId, OverwriteType.Member],
  ];
  const overwrites = fc.tuple(
    ...subjects.map(([id, type]) =>
      fc.record({ id: fc.constant(id), type: fc.constant(type), allow: bits, deny: bits }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      overwrites,
      fc.constantFrom(ChannelType.GuildText, ChannelType.GuildForum),
      async (rules, type) => {
        const id = preview.world.addChannel({ name: 'any', type, overwrites: rules });
        const known = await channel(id);
        const isHidden = known?.missing.includes('View Channel') ?? true;
        expect(await places.channel(id)).toEqual(isHidden ? null : known);
        if (!isHidden) expect(await places.permissionsOf(graceId, id)).toBe(await permissionsOf(graceId, id));
      },
    ),
    { numRuns: 60 },
  );
});
