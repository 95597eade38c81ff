import {
  ChannelType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits as Permission,
} from 'discord.js';
import { refusals } from '../errors.ts';
import { createMessage, deleteMessage, editMessage, type Draft, type MessageFields } from '../messages.ts';
import { isThread } from '../payloads.ts';
import { checkEdit, checkMessage } from '../validate/message.ts';
import { Place } from '../validate/problems.ts';
import { findMessage, flagsOf, messagesIn, type Channel, type StoredMessage, type World } from '../world.ts';
import { channelOf, messageOf, requirePermissions } from './access.ts';
import { noContent, ok, route, type Answer, type Route } from './router.ts';

/** "The past few minutes": https://discord.com/developers/docs/resources/message#create-message */
const NONCE_LIFETIME = 3 * 60_000;

const WITHOUT_MESSAGES: readonly ChannelType[] = [
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.GuildDirectory,
];

/**
 * Lets the bot write a message in a channel, or says why not.
 * @throws ApiError 50008, 50007, 50278, 50013 or 50083.
 */
function requireWriting(world: World, channel: Channel, fields: MessageFields, files: number): void {
  if (WITHOUT_MESSAGES.includes(channel.type)) throw refusals.notATextChannel();
  const reader = channel.recipients?.[0]?.id;
  if (reader !== undefined) return requireReader(world, reader);
  if (channel.thread_metadata?.archived && channel.thread_metadata.locked) throw refusals.archivedThread();
  const write = isThread(channel) ? Permission.SendMessagesInThreads : Permission.SendMessages;
  requirePermissions(world, channel, write | contentPermissions(fields, files));
}

function requireReader(world: World, userId: string): void {
  const isMet = [...world.guilds.values()].some(({ hasBot, members }) => hasBot && members.has(userId));
  if (!isMet) throw refusals.noMutualServer();
  if (world.closedDms.has(userId)) throw refusals.cannotMessageUser();
}

/** What a message needs besides the permission to write. */
export function contentPermissions({ embeds }: MessageFields, files: number): bigint {
  return (embeds?.length ? Permission.EmbedLinks : 0n) | (files > 0 ? Permission.AttachFiles : 0n);
}

/** The message that the bot made lately with this nonce, in any channel. */
function findByNonce(world: World, nonce: string): StoredMessage | undefined {
  const known = world.nonces.get(nonce);
  const isFresh = known && world.clock().getTime() - Date.parse(known.data.timestamp) <= NONCE_LIFETIME;
  return isFresh ? known : undefined;
}

/**
 * What makes a message a reply; nothing when it answers none, or one that is gone and need not be there.
 * @throws ApiError 50035 when the message answered is gone.
 */
function replyTo(
  channel: Channel,
  fields: MessageFields,
  find: (id: string) => StoredMessage | undefined,
): Draft['extra'] {
  const { message_id: id, fail_if_not_exists = true } = fields.message_reference ?? {};
  if (!id) return {};
  const known = find(id);
  if (!known && fail_if_not_exists) {
    const place = new Place();
    place.in('message_reference').fault('MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
    place.refuse();
  }
  if (!known) return {};
  const message_reference = { type: MessageReferenceType.Default, channel_id: channel.id, message_id: id };
  return { type: MessageType.Reply, message_reference, referenced_message: known.data };
}

/** Posts a message of the bot; with `enforce_nonce`, one that is there already is returned instead. */
export function post(world: World, channel: Channel, fields: MessageFields, draft: Partial<Draft> = {}): StoredMessage {
  const nonce = fields.nonce === undefined || fields.nonce === null ? null : String(fields.nonce);
  const known = nonce !== null && fields.enforce_nonce ? findByNonce(world, nonce) : undefined;
  if (known) return known;
  if (channel.thread_metadata?.archived) {
    channel.thread_metadata.archived = false;
    world.events.emit('channel', 'UPDATE', channel);
  }
  const extra = replyTo(channel, fields, (id) => findMessage(world, channel.id, id));
  const given = { ...draft, extra: { ...extra, ...draft.extra } };
  const stored = createMessage(world, { channelId: channel.id, author: world.bot, fields, ...given });
  if (nonce !== null) world.nonces.set(nonce, stored);
  return stored;
}

function list(world: World, channel: Channel, query: URLSearchParams): Answer {
  requirePermissions(world, channel, channel.guild_id ? Permission.ReadMessageHistory : 0n);
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 50) || 50, 1), 100);
  const before = BigInt(query.get('before') ?? '0');
  const after = BigInt(query.get('after') ?? '0');
  const fitting = messagesIn(world, channel.id).filter(({ data, viewerId }) => {
    const id = BigInt(data.id);
    return viewerId === null && (before === 0n || id < before) && id > after;
  });
  const chosen = after > 0n ? fitting.slice(0, limit) : fitting.slice(-limit);
  return ok(chosen.map(({ data }) => data).reverse());
}

function publish(world: World, channel: Channel, stored: StoredMessage): Answer {
  if (channel.type !== ChannelType.GuildAnnouncement) throw refusals.wrongChannelType();
  requirePermissions(
    world,
    channel,
    stored.data.author.id === world.bot.id ? Permission.SendMessages : Permission.ManageMessages,
  );
  if ((stored.data.flags ?? 0) & MessageFlags.Crossposted) throw refusals.alreadyCrossposted();
  stored.data.flags = flagsOf(stored.data, MessageFlags.Crossposted);
  world.events.emit('messageChanged', stored);
  return ok(stored.data);
}

const MESSAGES = '/channels/{channel_id}/messages';

export const messageRoutes: Route[] = [
  route('GET', MESSAGES, ({ world }, { params, query }) => list(world, channelOf(world, params.channel_id), query)),
  route('POST', MESSAGES, ({ world }, { params, body, files }) => {
    const channel = channelOf(world, params.channel_id);
    const fields = checkMessage(body, files.length);
    requireWriting(world, channel, fields, files.length);
    return ok(post(world, channel, fields, { files }).data);
  }),
  route('GET', `${MESSAGES}/{message_id}`, ({ world }, { params }) =>
    ok(messageOf(world, channelOf(world, params.channel_id), params.message_id).data),
  ),
  route('PATCH', `${MESSAGES}/{message_id}`, ({ world }, { params, body, files }) => {
    const channel = channelOf(world, params.channel_id);
    const stored = messageOf(world, channel, params.message_id);
    if (stored.data.author.id !== world.bot.id) throw refusals.notTheAuthor();
    if (channel.thread_metadata?.archived) throw refusals.archivedThread();
    editMessage(world, stored, checkEdit(body, stored.data, files.length), files);
    return ok(stored.data);
  }),
  route('DELETE', `${MESSAGES}/{message_id}`, ({ world }, { params }) => {
    const channel = channelOf(world, params.channel_id);
    const stored = messageOf(world, channel, params.message_id);
    if (stored.data.author.id !== world.bot.id) {
      if (!channel.guild_id) throw refusals.notOnDirectMessages();
      requirePermissions(world, channel, Permission.ManageMessages);
    }
    deleteMessage(world, stored);
    return noContent;
  }),
  route('POST', `${MESSAGES}/{message_id}/crosspost`, ({ world }, { params }) => {
    const channel = channelOf(world, params.channel_id);
    return publish(world, channel, messageOf(world, channel, params.message_id));
  }),
];
