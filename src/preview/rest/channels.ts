import { PermissionFlagsBits as Permission } from 'discord.js';
import { refusals } from '../errors.ts';
import { removeChannel } from '../control.ts';
import { isThread } from '../payloads.ts';
import { Place } from '../validate/problems.ts';
import { checkThread } from '../validate/thread.ts';
import { openDirectMessages, type Channel, type World } from '../world.ts';
import { channelOf, requirePermissions } from './access.ts';
import { noContent, ok, route, type Answer, type Route } from './router.ts';

function changeThread(world: World, thread: Channel, body: unknown): Answer {
  const place = new Place();
  const fields = checkThread(place, body, world.channels.get(thread.parent_id ?? ''), false) as Partial<Channel> & {
    archived?: boolean;
    locked?: boolean;
    auto_archive_duration?: number;
  };
  place.refuse();
  const { name, applied_tags, rate_limit_per_user, archived, locked, auto_archive_duration } = fields;
  requirePermissions(world, thread, permissionToChange(world, thread, fields));
  const given = { name, applied_tags, rate_limit_per_user };
  Object.assign(thread, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  const metadata = { archived, locked, auto_archive_duration };
  const changed = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
  Object.assign(thread.thread_metadata ?? {}, changed);
  if (archived && thread.thread_metadata) thread.thread_metadata.archive_timestamp = world.clock().toISOString();
  world.events.emit('channel', 'UPDATE', thread);
  return ok(thread);
}

/** Anybody who writes there opens an archived thread; its owner changes it; a lock is for those who manage threads. */
function permissionToChange(world: World, thread: Channel, fields: object): bigint {
  const isLocked = thread.thread_metadata?.locked === true || 'locked' in fields;
  const onlyOpens = 'archived' in fields && fields.archived === false && Object.keys(fields).length === 1;
  const isAllowed = thread.owner_id === world.bot.id || onlyOpens;
  return isAllowed && !isLocked ? Permission.SendMessagesInThreads : Permission.ManageThreads;
}

function changeChannel(world: World, channel: Channel, body: unknown): Answer {
  requirePermissions(world, channel, Permission.ManageChannels);
  const { name, topic } = body as Partial<Channel>;
  if (name !== undefined) channel.name = name;
  if (topic !== undefined) channel.topic = topic;
  world.events.emit('channel', 'UPDATE', channel);
  return ok(channel);
}

const CHANNEL = '/channels/{channel_id}';

export const channelRoutes: Route[] = [
  route('GET', CHANNEL, ({ world }, { params }) => ok(channelOf(world, params.channel_id))),
  route('PATCH', CHANNEL, ({ world }, { params, body }) => {
    const channel = channelOf(world, params.channel_id);
    return isThread(channel) ? changeThread(world, channel, body) : changeChannel(world, channel, body);
  }),
  route('DELETE', CHANNEL, ({ world }, { params }) => {
    const channel = channelOf(world, params.channel_id);
    if (!channel.guild_id) return ok(channel);
    requirePermissions(world, channel, isThread(channel) ? Permission.ManageThreads : Permission.ManageChannels);
    removeChannel(world, channel);
    return ok(channel);
  }),
  route('POST', `${CHANNEL}/typing`, ({ world }, { params }) => {
    channelOf(world, params.channel_id);
    return noContent;
  }),
  route('POST', '/users/@me/channels', ({ world }, { body }) => {
    const { recipient_id } = (body ?? {}) as { recipient_id?: string };
    const user = world.users.get(String(recipient_id));
    if (!user || user.bot) throw refusals.invalidRecipient();
    return ok(openDirectMessages(world, user));
  }),
];
