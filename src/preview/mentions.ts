import { PermissionFlagsBits, type APIAllowedMentions, type APIUser } from 'discord.js';
import { permissionsIn } from './permissions.ts';
import type { Channel, World } from './world.ts';

const MENTION_ALL = PermissionFlagsBits.MentionEveryone;

/** Whom a message notifies. */
export interface Mentions {
  mentions: APIUser[];
  mention_roles: string[];
  mention_everyone: boolean;
}

function ids(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] as string))];
}

/**
 * Whom `content` of the bot notifies, as far as `allowed` (without it, everybody named) and its permissions let it.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function findMentions(
  world: World,
  channel: Channel | undefined,
  content: string,
  allowed: APIAllowedMentions | null | undefined,
): Mentions {
  const mayMentionAll = channel ? (permissionsIn(world, channel, world.bot.id) & MENTION_ALL) !== 0n : false;
  const known = world.guilds.get(channel?.guild_id ?? '')?.roles ?? [];
  const mentionable = known.filter((role) => mayMentionAll || role.mentionable).map(({ id }) => id);
  const parse: string[] = allowed ? (allowed.parse ?? []) : ['users', 'roles', 'everyone'];
  const users = ids(content, /<@!?(\d+)>/g).filter((id) => parse.includes('users') || allowed?.users?.includes(id));
  const roles = ids(content, /<@&(\d+)>/g).filter((id) => parse.includes('roles') || allowed?.roles?.includes(id));
  return {
    mentions: users.flatMap((id) => world.users.get(id) ?? []),
    mention_roles: roles.filter((id) => mentionable.includes(id)),
    mention_everyone: mayMentionAll && parse.includes('everyone') && /@(everyone|here)\b/.test(content),
  };
}
