import { ChannelFlags, ChannelType, OverwriteType, type APIMessage, type APIOverwrite, type APIRole } from 'discord.js';
import { deleteMessage } from './messages.ts';
import { addGuild, addGuildChannel, addMember, addThread, createRole, createTag, SEED } from './seed.ts';
import type { PreviewPerson } from './user/user.ts';
import { findMessage, messagesIn, type Channel, type Guild, type World } from './world.ts';

/** Takes a channel and its threads out of the world. */
export function removeChannel(world: World, channel: Channel): void {
  for (const other of world.channels.values()) {
    if (other !== channel && other.parent_id === channel.id && other.thread_metadata) removeChannel(world, other);
  }
  world.channels.delete(channel.id);
  world.messages.delete(channel.id);
  world.events.emit('channel', 'DELETE', channel);
}

/** The bot leaves a server, or is thrown out. */
export function removeBot(world: World, guild: Guild): void {
  guild.hasBot = false;
  guild.members.delete(world.bot.id);
  world.events.emit('guild', 'DELETE', guild);
}

function inviteBot(world: World, guild: Guild): void {
  guild.hasBot = true;
  const role = guild.roles.find(({ name }) => name === world.bot.username);
  addMember(world, guild, world.bot.id, role ? [role.id] : []);
  world.events.emit('guild', 'CREATE', guild);
}

/** What a test changes in the world while the bot runs. Ids that are not there throw. */
export interface WorldControl {
  /** Adds a channel, a text channel of the first server unless told otherwise; returns its id. */
  addChannel(given: {
    name: string;
    type?: ChannelType;
    guildId?: string;
    /** Names of a forum's tags. */
    tags?: string[];
    /** Whether a post of a forum needs a tag. */
    tagRequired?: boolean;
    /** What it allows and denies to roles and members. */
    overwrites?: APIOverwrite[];
  }): string;
  /** Adds a role to the first server; returns its id. */
  addRole(name: string, given?: { mentionable?: boolean }): string;
  /** Lets everybody mention a role of the first server, or not. */
  setMentionable(roleId: string, mentionable: boolean): void;
  deleteRole(roleId: string): void;
  /** Adds a public thread; returns its id. */
  addThread(parentId: string, name: string): string;
  /** Closes a thread; a locked one takes no more messages. */
  archiveThread(threadId: string, locked?: boolean): void;
  deleteChannel(channelId: string): void;
  /** Takes permissions from the bot in a channel; 0 gives them back. */
  denyBot(channelId: string, permissions: bigint): void;
  /** Puts a member of the first server into time-out. */
  timeOut(userId: string, until: Date): void;
  /** Gives a user permissions in one channel. */
  allow(channelId: string, userId: string, permissions: bigint): void;
  /** Adds a server with one text channel; without the bot it knows the application only through its users. */
  addServer(name: string, given?: { hasBot?: boolean; members?: PreviewPerson[] }): { id: string; channelId: string };
  /** A server is out of order, as in an outage of Discord's. */
  breakServer(guildId: string): void;
  /** The bot is thrown out of a server. */
  removeBot(guildId: string): void;
  /** The bot is added to a server again. */
  inviteBot(guildId: string): void;
  /** Adds a private channel between users, without the bot; returns its id. */
  addPrivateChannel(people: PreviewPerson[]): string;
  /** Everything in a channel, private messages too, oldest first. */
  messages(channelId: string): APIMessage[];
  /** Somebody deletes a message. */
  deleteMessage(channelId: string, messageId: string): void;
  /** Forgets the registered commands, as if the application were new. */
  forgetCommands(): void;
}

export function createControl(world: World): WorldControl {
  return {
    addChannel: ({ name, type = ChannelType.GuildText, guildId = SEED.guild, tags, tagRequired, overwrites = [] }) =>
      addGuildChannel(world, guildId, {
        name,
        type,
        flags: tagRequired ? ChannelFlags.RequireTag : 0,
        permission_overwrites: overwrites,
        ...(tags ? { available_tags: tags.map((tag) => createTag(world.nextId(), tag)) } : {}),
      }).id,
    addRole: (name, { mentionable = false } = {}) => addRole(world, name, mentionable),
    setMentionable(roleId, mentionable) {
      const guild = guildIn(world, SEED.guild);
      const role = roleIn(guild, roleId);
      role.mentionable = mentionable;
      world.events.emit('role', 'UPDATE', guild, role);
    },
    deleteRole(roleId) {
      const guild = guildIn(world, SEED.guild);
      const role = roleIn(guild, roleId);
      guild.roles = guild.roles.filter((other) => other !== role);
      for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== roleId);
      world.events.emit('role', 'DELETE', guild, role);
    },
    addThread: (parentId, name) => addThread(world, channelIn(world, parentId), { name }).id,
    archiveThread(threadId, locked = false) {
      const thread = channelIn(world, threadId);
      const archive_timestamp = world.clock().toISOString();
      Object.assign(thread.thread_metadata ?? {}, { archived: true, locked, archive_timestamp });
      world.events.emit('channel', 'UPDATE', thread);
    },
    deleteChannel: (channelId) => removeChannel(world, channelIn(world, channelId)),
    denyBot(channelId, permissions) {
      const channel = channelIn(world, channelId);
      const deny = { id: world.bot.id, type: OverwriteType.Member, allow: '0', deny: permissions.toString() };
      channel.permission_overwrites = permissions === 0n ? [] : [deny];
      world.events.emit('channel', 'UPDATE', channel);
    },
    timeOut(userId, until) {
      const member = guildIn(world, SEED.guild).members.get(userId);
      if (!member) throw new Error(`There is no member ${userId}`);
      member.timedOutUntil = until.toISOString();
    },
    allow(channelId, userId, permissions) {
      const channel = channelIn(world, channelId);
      const allowed = { id: userId, type: OverwriteType.Member, allow: permissions.toString(), deny: '0' };
      channel.permission_overwrites = [...(channel.permission_overwrites ?? []), allowed];
      world.events.emit('channel', 'UPDATE', channel);
    },
    addServer: (name, given = {}) => addServer(world, name, given),
    breakServer: (guildId) => world.events.emit('guildBroken', guildIn(world, guildId)),
    removeBot: (guildId) => removeBot(world, guildIn(world, guildId)),
    inviteBot: (guildId) => inviteBot(world, guildIn(world, guildId)),
    addPrivateChannel: (people) => addPrivateChannel(world, people),
    messages: (channelId) => structuredClone(messagesIn(world, channelId).map(({ data }) => data)),
    deleteMessage(channelId, messageId) {
      const stored = findMessage(world, channelId, messageId);
      if (!stored) throw new Error(`There is no message ${messageId}`);
      deleteMessage(world, stored);
    },
    forgetCommands() {
      world.commands.clear();
      world.events.emit('commands');
    },
  };
}

function channelIn(world: World, channelId: string): Channel {
  const channel = world.channels.get(channelId);
  if (!channel) throw new Error(`There is no channel ${channelId}`);
  return channel;
}

function guildIn(world: World, guildId: string): Guild {
  const guild = world.guilds.get(guildId);
  if (!guild) throw new Error(`There is no server ${guildId}`);
  return guild;
}

function roleIn(guild: Guild, roleId: string): APIRole {
  const role = guild.roles.find(({ id }) => id === roleId);
  if (!role) throw new Error(`There is no role ${roleId}`);
  return role;
}

function addRole(world: World, name: string, mentionable: boolean): string {
  const guild = guildIn(world, SEED.guild);
  const role = { ...createRole(world.nextId(), name, 0n), mentionable };
  guild.roles.push(role);
  world.events.emit('role', 'CREATE', guild, role);
  return role.id;
}

function addServer(
  world: World,
  name: string,
  { hasBot = true, members = [] }: { hasBot?: boolean; members?: PreviewPerson[] },
): { id: string; channelId: string } {
  const guild = addGuild(world, { name, ownerId: SEED.reader, hasBot });
  for (const { user } of members) addMember(world, guild, user.id);
  return {
    id: guild.id,
    channelId: addGuildChannel(world, guild.id, { name: 'general', type: ChannelType.GuildText }).id,
  };
}

function addPrivateChannel(world: World, people: PreviewPerson[]): string {
  const recipients = people.map(({ user }) => user);
  const channel: Channel = { id: world.nextId(), type: ChannelType.GroupDM, flags: 0, recipients, name: 'Group' };
  world.channels.set(channel.id, channel);
  world.events.emit('channel', 'CREATE', channel);
  return channel.id;
}
