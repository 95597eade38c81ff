import {
  type APIGuild,
  type APIGuildForumTag,
  type APIGuildMember,
  type APIOverwrite,
  ChannelFlags,
  type ChannelType,
  type REST,
  Routes,
} from 'discord.js';
import { systemClock, type Clock } from '../core/clock.ts';
import { type ChannelFacts, channelInfo, directInfo, known, type Places } from './channels.ts';
import { inTimeOut, permissionsIn } from './permissions.ts';
import { createShortMemory } from './short-memory.ts';

export interface RestPlacesOptions {
  /** With the bot's token. */
  rest: REST;
  /** The bot's own user. */
  botId: string;
  clock?: Clock;
  /** For how long an answer of Discord is relied on, in milliseconds. Default: 10,000; a right just given is soon seen. */
  freshFor?: number;
}

/** What Discord tells of any channel, as far as it matters here. */
interface RawChannel {
  id: string;
  type: ChannelType;
  name?: string | null;
  guild_id?: string;
  parent_id?: string | null;
  flags?: number;
  thread_metadata?: { locked?: boolean };
  available_tags?: APIGuildForumTag[];
  permission_overwrites?: APIOverwrite[];
}

const ID = /^\d{17,20}$/;

/**
 * Channels and roles of every server that the bot is in, without the gateway: each is asked of Discord, whose failures reject.
 * A channel that the bot does not see is `null`, for Discord does not say of which server it is.
 */
export function createRestPlaces(options: RestPlacesOptions): Places {
  const { rest, botId, clock = systemClock, freshFor = 10_000 } = options;
  const memory = createShortMemory((route: `/${string}`) => known(() => rest.get(route)), freshFor, clock);
  const channelOf = async (id: string) =>
    ID.test(id) ? ((await memory(Routes.channel(id))) as RawChannel | null) : null;

  async function bitsOf(userId: string, channel: RawChannel): Promise<bigint> {
    const { guild_id: guildId, parent_id: parentId } = channel;
    if (!guildId) return 0n;
    const [guild, member, parent] = (await Promise.all([
      memory(Routes.guild(guildId)),
      memory(Routes.guildMember(guildId, userId)),
      channel.thread_metadata && parentId ? memory(Routes.channel(parentId)) : channel,
    ])) as [APIGuild | null, APIGuildMember | null, RawChannel | null];
    if (!guild || !member) return 0n;
    const overwrites = parent?.permission_overwrites ?? [];
    const bits = permissionsIn({ guild, member: { id: userId, roles: member.roles }, overwrites });
    return inTimeOut(bits, member.communication_disabled_until, clock());
  }

  return {
    async channel(id) {
      const channel = await channelOf(id);
      if (!channel) return null;
      if (!channel.guild_id) return directInfo(channel.type, id);
      return channelInfo(factsOf(channel, channel.guild_id), await bitsOf(botId, channel));
    },
    async role(guildId, id) {
      if (id === guildId || !ID.test(guildId)) return null;
      const guild = (await memory(Routes.guild(guildId))) as APIGuild | null;
      const role = guild?.roles.find((one) => one.id === id);
      return role ? { id, name: role.name, mentionable: role.mentionable } : null;
    },
    async permissionsOf(userId, channelId) {
      const channel = await channelOf(channelId);
      return channel && ID.test(userId) ? bitsOf(userId, channel) : 0n;
    },
  };
}

function factsOf(channel: RawChannel, guildId: string): ChannelFacts {
  const { id, type, name, thread_metadata: thread, flags = 0, available_tags: tags = [] } = channel;
  return {
    id,
    guildId,
    name: name ?? '',
    type,
    isLocked: thread?.locked ?? false,
    requiresTag: (flags & ChannelFlags.RequireTag) !== 0,
    tags,
  };
}
