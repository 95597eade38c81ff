import { ChannelType, type APIRole, type RoleFlags } from 'discord.js';
import { EVERYONE_PERMISSIONS } from './permissions.ts';
import { createUser, openDirectMessages, type Channel, type Guild, type World } from './world.ts';

/** Ids of what every preview starts with. They stay the same, for bots remember them in their databases. */
export const SEED = {
  guild: '1180000000000000100',
  botRole: '1180000000000000101',
  readers: '1180000000000000102',
  reader: '1180000000000000200',
  papers: '1180000000000000301',
  readingGroup: '1180000000000000302',
  announcements: '1180000000000000303',
  forum: '1180000000000000304',
  thread: '1180000000000000305',
  directMessages: '1180000000000000306',
  tags: { discussion: '1180000000000000401', summary: '1180000000000000402', question: '1180000000000000403' },
} as const;

const NO_FLAGS: unknown = 0;

/** A role with these permissions. */
export function createRole(id: string, name: string, permissions: bigint): APIRole {
  return {
    id,
    name,
    permissions: permissions.toString(),
    position: name === '@everyone' ? 0 : 1,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: NO_FLAGS as RoleFlags,
  };
}

/** Adds a server owned by `ownerId`, in which everybody may write; the bot joins unless told otherwise. */
export function addGuild(world: World, given: { id?: string; name: string; ownerId: string; hasBot?: boolean }): Guild {
  const guild: Guild = {
    id: given.id ?? world.nextId(),
    name: given.name,
    ownerId: given.ownerId,
    roles: [],
    members: new Map(),
    hasBot: given.hasBot ?? true,
  };
  guild.roles.push(createRole(guild.id, '@everyone', EVERYONE_PERMISSIONS));
  world.guilds.set(guild.id, guild);
  const owner = world.users.get(given.ownerId);
  if (owner) addMember(world, guild, owner.id);
  if (guild.hasBot) {
    const botRole = createRole(given.id ? SEED.botRole : world.nextId(), world.bot.username, EVERYONE_PERMISSIONS);
    guild.roles.push(botRole);
    addMember(world, guild, world.bot.id, [botRole.id]);
  }
  world.events.emit('guild', 'CREATE', guild);
  return guild;
}

/** Makes a known user a member. */
export function addMember(world: World, guild: Guild, userId: string, roles: string[] = []): void {
  const user = world.users.get(userId);
  if (!user) throw new Error(`No user ${userId} in this preview`);
  guild.members.set(userId, {
    user,
    roles,
    joinedAt: world.clock().toISOString(),
    permissions: null,
    timedOutUntil: null,
  });
}

/** Adds a channel to a server; what is not given is as in a new channel. */
export function addGuildChannel(
  world: World,
  guildId: string,
  given: Partial<Channel> & { name: string; type: ChannelType },
): Channel {
  const channel: Channel = {
    id: world.nextId(),
    guild_id: guildId,
    parent_id: null,
    topic: null,
    position: world.channels.size,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: [],
    flags: 0,
    last_message_id: null,
    ...given,
  };
  world.channels.set(channel.id, channel);
  world.events.emit('channel', 'CREATE', channel);
  return channel;
}

/** Adds a public thread, owned by the bot unless told otherwise. */
export function addThread(world: World, parent: Channel, given: Partial<Channel> & { name: string }): Channel {
  const now = world.clock().toISOString();
  const thread: Channel = {
    id: world.nextId(),
    type: parent.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread,
    ...(parent.guild_id ? { guild_id: parent.guild_id } : {}),
    parent_id: parent.id,
    owner_id: world.bot.id,
    rate_limit_per_user: 0,
    flags: 0,
    last_message_id: null,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived: false,
      auto_archive_duration: 4320,
      archive_timestamp: now,
      locked: false,
      create_timestamp: now,
    },
    ...given,
  };
  world.channels.set(thread.id, thread);
  world.events.emit('channel', 'CREATE', thread);
  return thread;
}

/** A tag that everybody may give to posts of a forum. */
export function createTag(id: string, name: string): NonNullable<Channel['available_tags']>[number] {
  return { id, name, moderated: false, emoji_id: null, emoji_name: null };
}

/** Fills an empty world: one server with its owner and a role, its channels and a thread, and direct messages with the bot. */
export function seedWorld(world: World): void {
  const reader = createUser(SEED.reader, 'ada', { name: 'Ada' });
  world.users.set(reader.id, reader);
  const guild = addGuild(world, { id: SEED.guild, name: 'Paper readers', ownerId: reader.id });
  const readers = { ...createRole(SEED.readers, 'readers', 0n), mentionable: true };
  guild.roles.push(readers);
  addMember(world, guild, reader.id, [readers.id]);
  const text = { type: ChannelType.GuildText };
  addGuildChannel(world, guild.id, { id: SEED.papers, name: 'papers', topic: 'New papers, every day', ...text });
  const group = addGuildChannel(world, guild.id, { id: SEED.readingGroup, name: 'reading-group', ...text });
  addGuildChannel(world, guild.id, {
    id: SEED.announcements,
    name: 'announcements',
    type: ChannelType.GuildAnnouncement,
  });
  addGuildChannel(world, guild.id, {
    id: SEED.forum,
    name: 'paper-forum',
    type: ChannelType.GuildForum,
    available_tags: [
      createTag(SEED.tags.discussion, 'discussion'),
      createTag(SEED.tags.summary, 'summary'),
      createTag(SEED.tags.question, 'question'),
    ],
  });
  addThread(world, group, { id: SEED.thread, name: 'This week: scaling laws', owner_id: reader.id });
  openDirectMessages(world, reader, SEED.directMessages);
}
