import { ChannelFlags, type ChannelType } from 'discord.js';
import { z } from 'zod';
import type { Ask } from './ask.ts';
import { type ChannelInfo, KINDS } from './channels.ts';
import { missingPermissions, permissionsIn } from './permissions.ts';

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
}

export async function findMembership(ask: Ask, guildId: string, botId: string): Promise<Membership> {
  const there = await ask(`/guilds/${guildId}`, guild);
  const { roles } = await ask(`/guilds/${guildId}/members/${botId}`, z.object({ roles: z.array(z.string()) }));
  return { guild: there, member: { id: botId, roles } };
}

const channel = z.object({
  id: z.string(),
  type: z.number().transform((type) => type as ChannelType),
  name: z.string().nullish(),
  guild_id: z.string().nullish(),
  parent_id: z.string().nullish(),
  position: z.number().optional(),
  flags: z.number().optional(),
  permission_overwrites: z.array(z.object({ id: z.string(), allow: z.string(), deny: z.string() })).optional(),
  thread_metadata: z.object({ locked: z.boolean().optional() }).optional(),
});

type Channel = z.infer<typeof channel>;

/** A channel that messages can be posted to where nothing is missing. */
export type Postable = Pick<ChannelInfo, 'id' | 'name' | 'kind' | 'missing' | 'requiresTag'>;

/** The channels of a server that take messages, in the order in which Discord shows them. */
export async function findChannels(ask: Ask, membership: Membership): Promise<Postable[]> {
  const all = await ask(`/guilds/${membership.guild.id}/channels`, z.array(channel));
  return all
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .flatMap((one) => postable(one, one, membership) ?? []);
}

/** What a thread allows is up to the channel it is in. */
function postable(
  { id, name, type, flags = 0, thread_metadata }: Channel,
  { permission_overwrites: overwrites = [] }: Channel,
  membership: Membership,
): Postable | null {
  const kind = KINDS.get(type);
  if (!kind) return null;
  const missing = missingPermissions(kind, permissionsIn({ ...membership, overwrites }), thread_metadata?.locked);
  return { id, name: name ?? '', kind, missing, requiresTag: (flags & ChannelFlags.RequireTag) !== 0 };
}
