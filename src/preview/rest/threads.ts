import { ChannelFlags, ChannelType, MessageFlags, PermissionFlagsBits as Permission } from 'discord.js';
import type { UploadedFile } from '../attachments.ts';
import { refusals } from '../errors.ts';
import { channelsOf } from '../payloads.ts';
import { permissionsIn } from '../permissions.ts';
import { addThread } from '../seed.ts';
import { checkMessage } from '../validate/message.ts';
import { Place } from '../validate/problems.ts';
import { checkThread } from '../validate/thread.ts';
import { flagsOf, type Channel, type World } from '../world.ts';
import { channelOf, guildOf, messageOf, requirePermissions } from './access.ts';
import { contentPermissions, post } from './messages.ts';
import { noContent, ok, route, type Answer, type Route } from './router.ts';

const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
const WITH_THREADS: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

interface ThreadFields {
  name: string;
  type?: ChannelType;
  auto_archive_duration?: number;
  rate_limit_per_user?: number;
  applied_tags?: string[];
}

/** The fields of a new thread as it is stored. */
function settings(world: World, fields: ThreadFields): Partial<Channel> & { name: string } {
  const now = world.clock().toISOString();
  return {
    name: fields.name.trim(),
    rate_limit_per_user: fields.rate_limit_per_user ?? 0,
    thread_metadata: {
      archived: false,
      auto_archive_duration: fields.auto_archive_duration ?? 4320,
      archive_timestamp: now,
      locked: false,
      create_timestamp: now,
    },
  };
}

/** Starts a post: the thread has the id of its first message, which takes no nonce. */
function startPost(world: World, forum: Channel, body: unknown, files: UploadedFile[]): Answer {
  const place = new Place();
  const fields = checkThread(place, body, forum, true) as unknown as ThreadFields & { message?: unknown };
  if (!fields.message) place.in('message').fault('BASE_TYPE_REQUIRED', 'This field is required');
  place.refuse();
  const { nonce: _, enforce_nonce: __, ...message } = checkMessage(fields.message, files.length, place.in('message'));
  const tags = fields.applied_tags ?? [];
  if (forum.flags & ChannelFlags.RequireTag && tags.length === 0) throw refusals.tagRequired();
  const isModerated = forum.available_tags?.some(({ id, moderated }) => moderated && tags.includes(id));
  const needed = Permission.SendMessages | contentPermissions(message, files.length);
  requirePermissions(world, forum, needed | (isModerated ? Permission.ManageThreads : 0n));
  const id = world.nextId();
  const given = { ...settings(world, fields), id, applied_tags: tags, type: ChannelType.PublicThread };
  const thread = addThread(world, forum, given);
  const stored = post(world, thread, message, { files, extra: { id } });
  return { status: 201, body: { ...thread, message: stored.data } };
}

function startThread(world: World, parent: Channel, body: unknown): Answer {
  if (!WITH_THREADS.includes(parent.type)) throw refusals.wrongChannelType();
  const place = new Place();
  const fields = checkThread(place, body, parent, true) as unknown as ThreadFields;
  place.refuse();
  const type = fields.type ?? ChannelType.PrivateThread;
  const isPrivate = type === ChannelType.PrivateThread;
  requirePermissions(world, parent, isPrivate ? Permission.CreatePrivateThreads : Permission.CreatePublicThreads);
  return { status: 201, body: addThread(world, parent, { ...settings(world, fields), type }) };
}

/** Starts a thread from a message; it has the id of the message. */
function startThreadFrom(world: World, parent: Channel, messageId: string, body: unknown): Answer {
  if (!WITH_THREADS.includes(parent.type)) throw refusals.wrongChannelType();
  const stored = messageOf(world, parent, messageId);
  const place = new Place();
  const fields = checkThread(place, body, parent, true) as unknown as ThreadFields;
  place.refuse();
  if (world.channels.has(messageId)) throw refusals.threadExists();
  requirePermissions(world, parent, Permission.CreatePublicThreads);
  const thread = addThread(world, parent, { ...settings(world, fields), id: messageId });
  stored.data.flags = flagsOf(stored.data, MessageFlags.HasThread);
  world.events.emit('messageChanged', stored);
  return { status: 201, body: thread };
}

function isSeen(world: World, thread: Channel): boolean {
  return (permissionsIn(world, thread, world.bot.id) & Permission.ViewChannel) !== 0n;
}

/** The archived threads of a channel, the last archived first: https://discord.com/developers/docs/resources/channel#list-public-archived-threads */
function archivedThreads(world: World, parent: Channel, query: URLSearchParams): object {
  requirePermissions(world, parent, Permission.ReadMessageHistory);
  const archivedAt = (thread: Channel): string => thread.thread_metadata?.archive_timestamp ?? '';
  const before = query.get('before');
  const found = channelsOf(world, parent.guild_id ?? '', true)
    .filter((thread) => thread.parent_id === parent.id && thread.thread_metadata?.archived)
    .filter((thread) => before === null || Date.parse(archivedAt(thread)) < Date.parse(before))
    .sort((a, b) => archivedAt(b).localeCompare(archivedAt(a)));
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 50) || 50, 2), 100);
  return { threads: found.slice(0, limit), members: [], has_more: found.length > limit };
}

export const threadRoutes: Route[] = [
  route('POST', '/channels/{channel_id}/threads', ({ world }, { params, body, files }) => {
    const parent = channelOf(world, params.channel_id);
    return FORUMS.includes(parent.type) ? startPost(world, parent, body, files) : startThread(world, parent, body);
  }),
  route('POST', '/channels/{channel_id}/messages/{message_id}/threads', ({ world }, { params, body }) =>
    startThreadFrom(world, channelOf(world, params.channel_id), params.message_id, body),
  ),
  route('GET', '/guilds/{guild_id}/threads/active', ({ world }, { params }) => {
    const threads = channelsOf(world, guildOf(world, params.guild_id).id, true);
    const active = threads.filter((thread) => !thread.thread_metadata?.archived && isSeen(world, thread));
    return ok({ threads: active.reverse(), members: [], has_more: false });
  }),
  route('GET', '/channels/{channel_id}/threads/archived/public', ({ world }, { params, query }) =>
    ok(archivedThreads(world, channelOf(world, params.channel_id), query)),
  ),
  route('PUT', '/channels/{channel_id}/thread-members/@me', ({ world }, { params }) => {
    channelOf(world, params.channel_id);
    return noContent;
  }),
];
