import {
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  InteractionType,
  type APIUser,
} from 'discord.js';
import { interactionChannelPayload, memberPayload } from '../payloads.ts';
import { DIRECT_MESSAGE_PERMISSIONS, permissionsIn } from '../permissions.ts';
import type { PreviewOption } from '../protocol.ts';
import type { Channel, World } from '../world.ts';

/** Who starts an interaction. */
export interface Actor {
  user: APIUser;
  /** Discord's name of a language, for example `en-GB`. */
  locale: string;
  /** Whether the user added the application to their own account. */
  installed: boolean;
}

/** An interaction a user starts. `data` is Discord's, for its type. */
export interface InteractionSpec {
  type: InteractionType;
  actor: Actor;
  channel: Channel;
  data: object;
  /** The message that has the component, also for a form that a component opened. */
  messageId?: string | null;
  /** The metadata of the interaction that opened a form. */
  trigger?: object;
}

/** Where an interaction happens: 0 a server, 1 direct messages with the bot, 2 any other private channel. */
export function contextOf(channel: Channel): InteractionContextType {
  if (channel.guild_id) return InteractionContextType.Guild;
  return channel.type === ChannelType.DM ? InteractionContextType.BotDM : InteractionContextType.PrivateChannel;
}

/**
 * Which installations of the application led to the interaction.
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
 */
function integrationOwners(world: World, channel: Channel, actor: Actor): Record<string, string> {
  const context = contextOf(channel);
  const guild = world.guilds.get(channel.guild_id ?? '');
  const byUser = { [ApplicationIntegrationType.UserInstall]: actor.user.id };
  if (context === InteractionContextType.PrivateChannel || guild?.hasBot === false) return byUser;
  const byGuild = { [ApplicationIntegrationType.GuildInstall]: guild?.id ?? '0' };
  return actor.installed ? { ...byGuild, ...byUser } : byGuild;
}

function appPermissions(world: World, channel: Channel): bigint {
  return world.guilds.get(channel.guild_id ?? '')?.hasBot
    ? permissionsIn(world, channel, world.bot.id)
    : DIRECT_MESSAGE_PERMISSIONS;
}

/** The part of an interaction that says where and by whom. */
function circumstances(world: World, { actor, channel }: InteractionSpec): object {
  const common = {
    channel: interactionChannelPayload(world, channel, actor.user.id),
    channel_id: channel.id,
    app_permissions: appPermissions(world, channel).toString(),
    authorizing_integration_owners: integrationOwners(world, channel, actor),
    context: contextOf(channel),
    locale: actor.locale,
  };
  const member = world.guilds.get(channel.guild_id ?? '')?.members.get(actor.user.id);
  if (!member) return { ...common, user: actor.user };
  const permissions = permissionsIn(world, channel, actor.user.id).toString();
  return {
    ...common,
    guild_id: channel.guild_id,
    guild: { id: channel.guild_id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    member: { ...memberPayload(member), permissions },
  };
}

/** The data of `INTERACTION_CREATE`. */
export function interactionPayload(
  world: World,
  spec: InteractionSpec,
  given: { id: string; token: string; message: object | null },
): object {
  return {
    id: given.id,
    application_id: world.bot.id,
    type: spec.type,
    token: given.token,
    version: 1,
    data: spec.data,
    ...circumstances(world, spec),
    ...(given.message ? { message: given.message } : {}),
    entitlements: [],
    attachment_size_limit: 10_485_760,
  };
}

/** As users read it: a command with its group and subcommand. */
function commandName(data: object): string {
  const { name, options = [] } = data as { name: string; options?: PreviewOption[] };
  const nested = options.find((option) => option.options);
  return nested ? `${name} ${commandName(nested)}` : name;
}

/** What a message tells of the interaction it answers. */
export function interactionMetadata(world: World, spec: InteractionSpec, id: string): object {
  const common = {
    id,
    type: spec.type,
    user: spec.actor.user,
    authorizing_integration_owners: integrationOwners(world, spec.channel, spec.actor),
  };
  if (spec.type === InteractionType.ApplicationCommand) {
    return { ...common, name: commandName(spec.data), command_type: 1 };
  }
  if (spec.type === InteractionType.MessageComponent) return { ...common, interacted_message_id: spec.messageId };
  return { ...common, triggering_interaction_metadata: spec.trigger };
}
