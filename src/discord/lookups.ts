import { ChannelFlags, type ChannelType } from 'discord.js';
import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type ChannelInfo, channelInfo } from './channels.ts';
import { inTimeOut, permissionsIn } from './permissions.ts';

const user = z.object({ id: z.string(), username: z.string() });

/** https://discord.com/developers/docs/resources/application#application-object */
const application = z.object({
  id: z.string(),
  bot_require_code_grant: z.boolean().optional(),
  interactions_endpoint_url: z.string().nullish(),
  verify_key: z.string().optional(),
  owner: z.object({ id: z.string() }).nullish(),
  team: z.object({ owner_user_id: z.string() }).nullish(),
});

export type Application = z.infer<typeof application>;

/** The bot that a token is of. */
export interface Account {
  /** Id of its user. */
  id: string;
  name: string;
  application: Application;
}

/** The bot that Discord is asked for. @throws UserError as `Ask` does, as all of these do. */
export async function findAccount(ask: Ask): Promise<Account> {
  const { id, username } = await ask('/users/@me', user);
  return { id, name: username, application: await ask('/applications/@me', application) };
}

/** This many servers come at once: https://discord.com/developers/docs/resources/user#get-current-user-guilds */
export const MOST_GUILDS = 200;

/** The servers that the bot is in, `MOST_GUILDS` of them at most. */
export function findGuilds(ask: Ask): Promise<{ id: string; name: string }[]> {
  return ask(`/users/@me/guilds?limit=${MOST_GUILDS}`, z.array(z.object({ id: z.string(), name: z.string() })));
}

const guild = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});

/** A server, and what the bot is there. */
export interface Membership {
  guild: z.infer<typeof guild>;
  member: { id: string; roles: string[] };
  /** Until when the bot is in time-out; `null`: it is not. */
  timeOutUntil: string | null;
}

const member = z.object({ roles: z.array(z.string()), communication_disabled_until: z.string().nullish() });

export async function findMembership(ask: Ask, guildId: string, botId: string): Promise<Membership> {
  const there = await ask(`/guilds/${guildId}`, guild);
  const { roles, communication_disabled_until } = await ask(`/guilds/${guildId}/members/${botId}`, member);
  return { guild: there, member: { id: botId, roles }, timeOutUntil: communication_disabled_until ?? null };
}

const channel = z.object({
  id: z.string(),
  type: z.number().transform((type) => type as ChannelType),
  name: z.string().nullish(),
  position: z.number().optional(),
  flags: z.number().optional(),
  permission_overwrites: z.array(z.object({ id: z.string(), allow: z.string(), deny: z.string() })).optional(),
});

/** The channels of a server that take messages, without its threads, in the order in which Discord shows them. */
export async function findChannels(ask: Ask, membership: Membership, now: Date): Promise<ChannelInfo[]> {
  const all = await ask(`/guilds/${membership.guild.id}/channels`, z.array(channel));
  return all
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .flatMap((one) => channelInfo(factsOf(one, membership), bitsIn(one, membership, now)) ?? []);
}

function factsOf({ id, name, type, flags = 0 }: z.infer<typeof channel>, { guild }: Membership) {
  const requiresTag = (flags & ChannelFlags.RequireTag) !== 0;
  return { id, guildId: guild.id, name: name ?? '', type, isLocked: false, requiresTag, tags: [] };
}

function bitsIn({ permission_overwrites: overwrites = [] }: z.infer<typeof channel>, there: Membership, now: Date) {
  return inTimeOut(permissionsIn({ ...there, overwrites }), there.timeOutUntil, now);
}
