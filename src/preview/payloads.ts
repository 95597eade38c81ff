import { ChannelType, type APIUser } from 'discord.js';
import { permissionsIn } from './permissions.ts';
import type { Channel, Guild, Member, World } from './world.ts';

const THREAD_TYPES: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

export function isThread(channel: Channel): boolean {
  return THREAD_TYPES.includes(channel.type);
}

/** A member as Discord sends it. */
export function memberPayload(member: Member): object {
  return {
    user: member.user,
    nick: null,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: member.timedOutUntil,
  };
}

/** A server as `GET /guilds/{id}` answers. */
export function guildPayload(guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    home_header: null,
    owner_id: guild.ownerId,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw: false,
    nsfw_level: 0,
    roles: guild.roles,
    emojis: [],
    stickers: [],
    features: [],
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: 'en-US',
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    widget_enabled: false,
    widget_channel_id: null,
    incidents_data: null,
  };
}

/** The channels of a server that are not threads, or only its threads. */
export function channelsOf(world: World, guildId: string, threads: boolean): Channel[] {
  return [...world.channels.values()].filter(
    (channel) => channel.guild_id === guildId && isThread(channel) === threads,
  );
}

/** The data of `GUILD_CREATE`. */
export function guildCreatePayload(world: World, guild: Guild): object {
  const bot = guild.members.get(world.bot.id);
  return {
    ...guildPayload(guild),
    joined_at: bot?.joinedAt ?? null,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: bot ? [memberPayload(bot)] : [],
    channels: channelsOf(world, guild.id, false),
    threads: channelsOf(world, guild.id, true).filter((thread) => !thread.thread_metadata?.archived),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The application as `GET /applications/@me` answers. */
export function applicationPayload(world: World): object {
  return {
    id: world.bot.id,
    name: world.bot.username,
    icon: null,
    description: 'The bot of this preview',
    summary: '',
    type: null,
    bot: world.bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: world.publicKey,
    flags: 0,
    flags_new: '0',
    owner: [...world.users.values()].find((user) => !user.bot) as APIUser,
    team: null,
    hook: true,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    integration_types_config: { '0': {}, '1': {} },
  };
}

/** The partial channel inside an interaction, with what `userId` may do there. */
export function interactionChannelPayload(world: World, channel: Channel, userId: string): object {
  if (!channel.guild_id) {
    const { id, type, flags, last_message_id, recipients, name } = channel;
    return { id, type, flags, last_message_id, recipients, ...(name === undefined ? {} : { name }) };
  }
  const { permission_overwrites: _, ...rest } = channel;
  return { ...rest, permissions: permissionsIn(world, channel, userId).toString() };
}
