import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import {
  ChannelType,
  type MessageFlags,
  type APIApplicationCommand,
  type APIMessage,
  type APIOverwrite,
  type APIRole,
  type APIUser,
  type UserFlags,
} from 'discord.js';
import type { Clock } from '../core/clock.ts';
import { createIds } from './snowflake.ts';

/** A channel with Discord's field names; what it lacks for its type is left out. */
export interface Channel {
  id: string;
  type: ChannelType;
  name?: string;
  guild_id?: string;
  parent_id?: string | null;
  topic?: string | null;
  position?: number;
  nsfw?: boolean;
  rate_limit_per_user?: number;
  permission_overwrites?: APIOverwrite[];
  flags: number;
  last_message_id?: string | null;
  recipients?: APIUser[];
  available_tags?: ForumTag[];
  applied_tags?: string[];
  owner_id?: string;
  message_count?: number;
  member_count?: number;
  total_message_sent?: number;
  thread_metadata?: ThreadMetadata;
}

interface ForumTag {
  id: string;
  name: string;
  moderated: boolean;
  emoji_id: string | null;
  emoji_name: string | null;
}

interface ThreadMetadata {
  archived: boolean;
  /** In minutes. */
  auto_archive_duration: number;
  archive_timestamp: string;
  locked: boolean;
  create_timestamp: string;
}

export interface Member {
  user: APIUser;
  roles: string[];
  joinedAt: string;
  /** These permission bits instead of the ones that roles give. */
  permissions: bigint | null;
  /** ISO 8601; `null`: not in time-out. */
  timedOutUntil: string | null;
}

export interface Guild {
  id: string;
  name: string;
  ownerId: string;
  roles: APIRole[];
  members: Map<string, Member>;
  /** `false` for a server that knows the application only through its users. */
  hasBot: boolean;
}

export interface StoredMessage {
  data: APIMessage;
  /** The only user who sees it; `null` when everybody does. */
  viewerId: string | null;
  /** The token of the interaction that made it. */
  token: string | null;
}

interface Attachment {
  data: Buffer;
  contentType: string;
  filename: string;
}

interface WorldEvents {
  message: [stored: StoredMessage];
  messageChanged: [stored: StoredMessage];
  messageDeleted: [stored: StoredMessage];
  channel: [event: 'CREATE' | 'UPDATE' | 'DELETE', channel: Channel];
  guild: [event: 'CREATE' | 'DELETE', guild: Guild];
  guildBroken: [guild: Guild];
  role: [event: 'CREATE' | 'UPDATE' | 'DELETE', guild: Guild, role: APIRole];
  commands: [];
}

/** Everything this Discord knows, in memory. */
export interface World {
  clock: Clock;
  nextId: () => string;
  /** Where this Discord is reached, without a slash at the end. */
  url: string;
  token: string;
  /** Signs interactions that go over HTTP. */
  signingKey: KeyObject;
  /** Proves those signatures: 64 hexadecimal digits. */
  publicKey: string;
  bot: APIUser;
  users: Map<string, APIUser>;
  guilds: Map<string, Guild>;
  channels: Map<string, Channel>;
  /** By channel id, oldest first. */
  messages: Map<string, StoredMessage[]>;
  /** By command id. */
  commands: Map<string, APIApplicationCommand>;
  /** When commands were created, in milliseconds, by scope: a server's id or `global`. */
  creations: Map<string, number[]>;
  attachments: Map<string, Attachment>;
  /** The bot's messages by the nonce they were made with. */
  nonces: Map<string, StoredMessage>;
  /** Users who take no direct messages. */
  closedDms: Set<string>;
  events: EventEmitter<WorldEvents>;
}

/** An empty world with the bot in it. Its ids stay the same from start to start, for bots remember them. */
export function createWorld(clock: Clock, url: string): World {
  const bot = createUser('1180000000000000001', 'Paperboy', { bot: true });
  return {
    clock,
    nextId: createIds(clock),
    url,
    token: createToken(bot.id),
    ...createKeys(),
    bot,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    commands: new Map(),
    creations: new Map(),
    attachments: new Map(),
    nonces: new Map(),
    closedDms: new Set(),
    events: new EventEmitter<WorldEvents>(),
  };
}

/** A bot token in Discord's form, another one at every start. */
function createToken(botId: string): string {
  const parts = [Buffer.from(botId), randomBytes(4), randomBytes(28)];
  return parts.map((part) => part.toString('base64url')).join('.');
}

function createKeys(): Pick<World, 'signingKey' | 'publicKey'> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { signingKey: privateKey, publicKey: Buffer.from(x, 'base64url').toString('hex') };
}

const NO_FLAGS: unknown = 0;

export function createUser(id: string, username: string, options: { name?: string; bot?: boolean } = {}): APIUser {
  return {
    id,
    username,
    discriminator: options.bot ? '0001' : '0',
    global_name: options.bot ? null : (options.name ?? null),
    avatar: null,
    bot: options.bot ?? false,
    flags: NO_FLAGS as UserFlags,
    public_flags: NO_FLAGS as UserFlags,
    primary_guild: null,
  };
}

/** The messages of a channel, oldest first; empty for an unknown channel. */
export function messagesIn(world: World, channelId: string): StoredMessage[] {
  return world.messages.get(channelId) ?? [];
}

/** Several flags at once; Discord's enums name only single ones. */
export function flagsOf(message: APIMessage, set: number, cleared = 0): MessageFlags {
  const bits: unknown = ((message.flags ?? 0) | set) & ~cleared;
  return bits as MessageFlags;
}

export function findMessage(world: World, channelId: string, messageId: string): StoredMessage | undefined {
  return messagesIn(world, channelId).findLast((stored) => stored.data.id === messageId);
}

/** Whether a channel is the direct messages between the bot and a user. */
function isDirectWith({ type, recipients }: Channel, userId: string): boolean {
  return type === ChannelType.DM && recipients?.[0]?.id === userId;
}

/** The direct messages between the bot and a user, opened when they are not yet. */
export function openDirectMessages(world: World, user: APIUser, id?: string): Channel {
  for (const channel of world.channels.values()) {
    if (isDirectWith(channel, user.id)) return channel;
  }
  const channel: Channel = {
    id: id ?? world.nextId(),
    type: ChannelType.DM,
    flags: 0,
    last_message_id: null,
    recipients: [user],
  };
  world.channels.set(channel.id, channel);
  world.events.emit('channel', 'CREATE', channel);
  return channel;
}
