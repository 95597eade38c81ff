import {
  ChannelFlags,
  ChannelType,
  type Client,
  DiscordAPIError,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits as Permission,
  type Role,
} from 'discord.js';
import { type ChannelKind, inTimeOut, missingPermissions } from './permissions.ts';

/** A place that messages can be posted to, as the bot sees it. */
export interface ChannelInfo {
  id: string;
  /** `null` for direct messages. */
  guildId: string | null;
  name: string;
  kind: ChannelKind;
  /** The permissions that the bot lacks to post there, by the names that Discord's settings show. */
  missing: string[];
  /** Whether the bot may mention every role there, even one that is not mentionable. */
  mentionsEveryRole: boolean;
  /** Whether each post of this forum needs a tag. */
  requiresTag: boolean;
  /** The tags of this forum that the bot may give. */
  tags: { id: string; name: string }[];
}

export interface RoleInfo {
  id: string;
  name: string;
  /** Whether everybody may mention it. */
  mentionable: boolean;
}

/** What is known of channels and roles. Each is `null` when there is none, or it is not a thing to post to or to mention. */
export interface Places {
  /** A channel by its id, of whatever server the bot is in; `null` also when the bot is not let in. */
  channel(id: string): Promise<ChannelInfo | null>;
  /** A role of a server; `null` also for `@everyone`. */
  role(guildId: string, id: string): Promise<RoleInfo | null>;
  /** The permission bits that a member of the server has in a channel of it; 0 for anybody else, and where there is none. */
  permissionsOf(userId: string, channelId: string): Promise<bigint>;
}

/** What the posts of a channel depend on besides permissions, however it is known. */
export interface ChannelFacts {
  id: string;
  guildId: string;
  name: string;
  type: ChannelType;
  /** Of a thread. */
  isLocked: boolean;
  /** Of a forum. */
  requiresTag: boolean;
  tags: readonly { id: string; name: string; moderated: boolean }[];
}

/** What may be posted to. */
const KINDS: ReadonlyMap<ChannelType, ChannelKind> = new Map<ChannelType, ChannelKind>([
  [ChannelType.GuildText, 'text'],
  [ChannelType.GuildAnnouncement, 'announcement'],
  [ChannelType.PublicThread, 'thread'],
  [ChannelType.PrivateThread, 'thread'],
  [ChannelType.AnnouncementThread, 'thread'],
  [ChannelType.GuildForum, 'forum'],
  [ChannelType.GuildMedia, 'forum'],
  [ChannelType.DM, 'direct'],
]);

/**
 * Channels and roles as the client knows them; what it does not know is asked of Discord, whose failures reject, and
 * `elsewhere` where it is of a server that another process is connected for.
 */
export function createPlaces(client: Client, elsewhere: Places): Places {
  // discord.js has no channel for one of a server that it does not know.
  const find = (id: string) => known(async () => (await client.channels.fetch(id)) ?? 'elsewhere');
  return {
    async channel(id) {
      const channel = await find(id);
      if (!channel) return null;
      if (channel === 'elsewhere') return elsewhere.channel(id);
      if (channel.isDMBased()) return directInfo(channel.type, id);
      const me = channel.guild.members.me ?? (await channel.guild.members.fetchMe());
      return channelInfo(factsOf(channel), permissionsOf(me, channel));
    },
    async role(guildId, id) {
      if (id === guildId) return null;
      const guild = client.guilds.cache.get(guildId);
      if (!guild) return elsewhere.role(guildId, id);
      const role: Role | null = await known(() => guild.roles.fetch(id));
      return role && { id, name: role.name, mentionable: role.mentionable };
    },
    async permissionsOf(userId, channelId) {
      const channel = await find(channelId);
      if (channel === 'elsewhere') return elsewhere.permissionsOf(userId, channelId);
      if (!channel || channel.isDMBased()) return 0n;
      const member = await known(() => channel.guild.members.fetch(userId));
      return member ? permissionsOf(member, channel) : 0n;
    },
  };
}

/** `null` where Discord says that there is no such thing, or not for this bot. */
export async function known<T>(fetch: () => Promise<T>): Promise<T | null> {
  try {
    return await fetch();
  } catch (error) {
    if (error instanceof DiscordAPIError && [400, 403, 404].includes(error.status)) return null;
    throw error;
  }
}

function permissionsOf(member: GuildMember, channel: GuildBasedChannel): bigint {
  const { bitfield } = channel.permissionsFor(member);
  return inTimeOut(bitfield, member.communicationDisabledUntil?.toISOString(), new Date());
}

function factsOf(channel: GuildBasedChannel): ChannelFacts {
  const { id, guildId, name, type } = channel;
  const forum = channel.isThreadOnly() ? channel : null;
  return {
    id,
    guildId,
    name,
    type,
    isLocked: channel.isThread() && Boolean(channel.locked),
    requiresTag: forum?.flags.has(ChannelFlags.RequireTag) ?? false,
    tags: forum?.availableTags ?? [],
  };
}

/** Direct messages between the bot and a reader; `null` for a conversation of several. */
export function directInfo(type: ChannelType, id: string): ChannelInfo | null {
  if (type !== ChannelType.DM) return null;
  const nothing = { missing: [], mentionsEveryRole: false, requiresTag: false, tags: [] };
  return { ...nothing, id, guildId: null, name: 'direct messages', kind: 'direct' };
}

/** A channel of a server in which the bot has these permission bits; `null` where nothing can be posted. */
export function channelInfo(facts: ChannelFacts, has: bigint): ChannelInfo | null {
  const { id, guildId, name, type, isLocked, requiresTag, tags } = facts;
  const kind = KINDS.get(type);
  if (!kind) return null;
  const missing = missingPermissions(kind, has, isLocked);
  const mentionsEveryRole = (has & Permission.MentionEveryone) !== 0n;
  return { id, guildId, name, kind, missing, mentionsEveryRole, requiresTag, tags: givable(tags, has) };
}

function givable(tags: ChannelFacts['tags'], has: bigint): ChannelInfo['tags'] {
  const all = (has & Permission.ManageThreads) !== 0n;
  return tags.filter(({ moderated }) => all || !moderated).map(({ id, name }) => ({ id, name }));
}
