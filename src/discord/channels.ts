import {
  type Channel,
  ChannelFlags,
  ChannelType,
  type Client,
  DiscordAPIError,
  type GuildForumTag,
  PermissionFlagsBits as Permission,
  type Role,
} from 'discord.js';
import { type ChannelKind, missingPermissions } from './permissions.ts';

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

/** What may be posted to. */
export const KINDS: ReadonlyMap<ChannelType, ChannelKind> = new Map<ChannelType, ChannelKind>([
  [ChannelType.GuildText, 'text'],
  [ChannelType.GuildAnnouncement, 'announcement'],
  [ChannelType.PublicThread, 'thread'],
  [ChannelType.PrivateThread, 'thread'],
  [ChannelType.AnnouncementThread, 'thread'],
  [ChannelType.GuildForum, 'forum'],
  [ChannelType.GuildMedia, 'forum'],
  [ChannelType.DM, 'direct'],
]);

/** Channels and roles as the client knows them; what it does not know is asked of Discord, whose failures reject. */
export function createPlaces(client: Client): Places {
  return {
    async channel(id) {
      const channel = await known(() => client.channels.fetch(id));
      return channel ? infoOf(channel) : null;
    },
    async role(guildId, id) {
      if (id === guildId) return null;
      const guild = client.guilds.cache.get(guildId);
      const role: Role | null = (await known(async () => guild?.roles.fetch(id))) ?? null;
      return role && { id, name: role.name, mentionable: role.mentionable };
    },
    async permissionsOf(userId, channelId) {
      const channel = await known(() => client.channels.fetch(channelId));
      if (!channel || channel.isDMBased()) return 0n;
      const member = await known(() => channel.guild.members.fetch(userId));
      return (member && channel.permissionsFor(member).bitfield) ?? 0n;
    },
  };
}

/** `null` where Discord says that there is no such thing, or not for this bot. */
async function known<T>(fetch: () => Promise<T>): Promise<T | null> {
  try {
    return await fetch();
  } catch (error) {
    if (error instanceof DiscordAPIError && [400, 403, 404].includes(error.status)) return null;
    throw error;
  }
}

async function infoOf(channel: Channel): Promise<ChannelInfo | null> {
  const kind = KINDS.get(channel.type);
  if (!kind) return null;
  const { id } = channel;
  const nothing = { missing: [], mentionsEveryRole: false, requiresTag: false, tags: [] };
  if (channel.isDMBased()) return { ...nothing, id, guildId: null, name: 'direct messages', kind };
  const me = channel.guild.members.me ?? (await channel.guild.members.fetchMe());
  const has = channel.permissionsFor(me)?.bitfield ?? 0n;
  const missing = missingPermissions(kind, has, channel.isThread() && Boolean(channel.locked));
  const forum = channel.isThreadOnly() ? channel : null;
  return {
    id,
    guildId: channel.guildId,
    name: channel.name,
    kind,
    missing,
    mentionsEveryRole: (has & Permission.MentionEveryone) !== 0n,
    requiresTag: forum?.flags.has(ChannelFlags.RequireTag) ?? false,
    tags: givable(forum?.availableTags ?? [], has),
  };
}

function givable(tags: GuildForumTag[], has: bigint): ChannelInfo['tags'] {
  const all = (has & Permission.ManageThreads) !== 0n;
  return tags.filter(({ moderated }) => all || !moderated).map(({ id, name }) => ({ id, name }));
}
