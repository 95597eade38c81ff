import { memberPayload } from '../payloads.ts';
import { permissionsIn } from '../permissions.ts';
import type { Channel, World } from '../world.ts';

type ById = Record<string, object>;

/** The `resolved` part of the data of a user's interaction for the ids in it; nothing when none is known. */
export function resolveIds(
  world: World,
  channel: Channel,
  userId: string,
  ids: string[],
): { resolved?: Record<string, ById> } {
  const guild = world.guilds.get(channel.guild_id ?? '');
  const resolved: Record<string, ById> = {};
  const add = (kind: string, id: string, value: object): void => {
    resolved[kind] = { ...resolved[kind], [id]: value };
  };
  for (const id of ids) {
    const user = world.users.get(id);
    if (user) add('users', id, user);
    const member = guild?.members.get(id);
    if (member) add('members', id, withoutUser(member.user.id, memberPayload(member), world, channel));
    const role = guild?.roles.find((candidate) => candidate.id === id);
    if (role) add('roles', id, role);
    const target = world.channels.get(id);
    if (target) add('channels', id, partialChannel(world, target, userId));
  }
  return Object.keys(resolved).length > 0 ? { resolved } : {};
}

function withoutUser(userId: string, payload: object, world: World, channel: Channel): object {
  const { user: _, ...member } = payload as { user: unknown };
  return { ...member, permissions: permissionsIn(world, channel, userId).toString() };
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
function partialChannel(world: World, channel: Channel, userId: string): object {
  const { id, name, type, guild_id, flags, topic, position, nsfw, last_message_id, rate_limit_per_user } = channel;
  const { parent_id = null, thread_metadata } = channel;
  const permissions = permissionsIn(world, channel, userId).toString();
  const own = thread_metadata ? { thread_metadata } : { topic, position, nsfw };
  return { id, name, type, guild_id, flags, last_message_id, rate_limit_per_user, parent_id, permissions, ...own };
}
