import type { APIAllowedMentions, APIUser } from 'discord.js';
import type { World } from './world.ts';

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
 * Whom `content` notifies, as far as `allowed` lets it (without it, everybody named).
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function findMentions(world: World, content: string, allowed: APIAllowedMentions | null | undefined): Mentions {
  const parse: string[] = allowed ? (allowed.parse ?? []) : ['users', 'roles', 'everyone'];
  const users = ids(content, /<@!?(\d+)>/g).filter((id) => parse.includes('users') || allowed?.users?.includes(id));
  const roles = ids(content, /<@&(\d+)>/g).filter((id) => parse.includes('roles') || allowed?.roles?.includes(id));
  return {
    mentions: users.flatMap((id) => world.users.get(id) ?? []),
    mention_roles: roles,
    mention_everyone: parse.includes('everyone') && /@(everyone|here)\b/.test(content),
  };
}
