import {
  ApplicationCommandOptionType as OptionType,
  ApplicationIntegrationType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  type APIApplicationCommand,
  type APIMessage,
} from 'discord.js';
import { UserError } from '../../core/errors.ts';
import type { Interaction } from '../interactions/interactions.ts';
import { contextOf, type Actor } from '../interactions/payload.ts';
import { permissionsIn } from '../permissions.ts';
import type { ApiObject, PreviewOption } from '../protocol.ts';
import type { Discord } from '../rest/router.ts';
import { findMessage, type Channel, type StoredMessage, type World } from '../world.ts';
import { findComponent } from './components.ts';
import { checkOptions } from './options.ts';
import { resolveIds } from './resolve.ts';

/** What a user does, on the page or in a test. Each throws UserError for what Discord's clients do not offer. */

function findChannel(world: World, channelId: string): Channel {
  const channel = world.channels.get(channelId);
  if (!channel) throw new UserError('This channel is gone.');
  return channel;
}

/** The commands that a user sees in a channel. */
export function commandsFor(world: World, channel: Channel, actor: Actor): APIApplicationCommand[] {
  const context = contextOf(channel);
  const guild = world.guilds.get(channel.guild_id ?? '');
  const permissions = permissionsIn(world, channel, actor.user.id);
  return [...world.commands.values()].filter((command) => {
    if (command.guild_id && command.guild_id !== channel.guild_id) return false;
    if (command.contexts && !command.contexts.includes(context)) return false;
    const types = command.integration_types ?? [ApplicationIntegrationType.GuildInstall];
    const isPrivate = context === InteractionContextType.PrivateChannel;
    const byServer = types.includes(ApplicationIntegrationType.GuildInstall) && (guild?.hasBot ?? !isPrivate);
    const byUser = types.includes(ApplicationIntegrationType.UserInstall) && actor.installed;
    if (!byServer && !byUser) return false;
    const needed = BigInt(command.default_member_permissions ?? '0');
    return !guild || (permissions & needed) === needed;
  });
}

function findCommand(discord: Discord, actor: Actor, channel: Channel, commandId: string): APIApplicationCommand {
  const command = commandsFor(discord.world, channel, actor).find(({ id }) => id === commandId);
  if (!command) throw new UserError('This command is not available here.');
  return command;
}

/** Runs a command. */
export function runCommand(
  discord: Discord,
  actor: Actor,
  given: { channelId: string; commandId: string; options: PreviewOption[] },
): Interaction {
  const channel = findChannel(discord.world, given.channelId);
  const command = findCommand(discord, actor, channel, given.commandId);
  const options = checkOptions(discord.world, command.options ?? [], given.options);
  return discord.interactions.start({
    type: InteractionType.ApplicationCommand,
    actor,
    channel,
    data: {
      ...commandData(command),
      options,
      ...resolveIds(discord.world, channel, actor.user.id, idsIn(options)),
    },
  });
}

function commandData({ id, name, type, guild_id }: APIApplicationCommand): object {
  return { id, name, type, ...(guild_id ? { guild_id } : {}) };
}

const REFERRING: readonly number[] = [OptionType.User, OptionType.Channel, OptionType.Role, OptionType.Mentionable];

function idsIn(options: PreviewOption[]): string[] {
  return options.flatMap((option) => [
    ...(REFERRING.includes(option.type) ? [String(option.value)] : []),
    ...idsIn(option.options ?? []),
  ]);
}

/** Asks for suggestions while an option is typed. */
export function suggest(
  discord: Discord,
  actor: Actor,
  given: { channelId: string; commandId: string; options: PreviewOption[] },
): Interaction {
  const channel = findChannel(discord.world, given.channelId);
  const command = findCommand(discord, actor, channel, given.commandId);
  return discord.interactions.start({
    type: InteractionType.ApplicationCommandAutocomplete,
    actor,
    channel,
    data: { ...commandData(command), options: given.options },
  });
}

function findVisible(world: World, actor: Actor, channelId: string, messageId: string): StoredMessage {
  const stored = findMessage(world, channelId, messageId);
  const isVisible = stored && (stored.viewerId === null || stored.viewerId === actor.user.id);
  if (!isVisible) throw new UserError('This message is gone.');
  return stored;
}

/** Presses a button or chooses from a select. */
export function press(
  discord: Discord,
  actor: Actor,
  given: { channelId: string; messageId: string; customId: string; values?: string[] | undefined },
): Interaction {
  const channel = findChannel(discord.world, given.channelId);
  const { data } = findVisible(discord.world, actor, given.channelId, given.messageId);
  const component = findComponent(data, given.customId, given.values);
  const values = given.values ?? [];
  return discord.interactions.start({
    type: InteractionType.MessageComponent,
    actor,
    channel,
    messageId: data.id,
    data: {
      custom_id: given.customId,
      component_type: component.type,
      id: component.id,
      ...(component.type === ComponentType.Button
        ? {}
        : { values, ...resolveIds(discord.world, channel, actor.user.id, values) }),
    },
  });
}

/** Sends a form that the application opened. */
export function submit(
  discord: Discord,
  actor: Actor,
  given: { channelId: string; messageId: string | null; customId: string; components: ApiObject[] },
): Interaction {
  const channel = findChannel(discord.world, given.channelId);
  const message = given.messageId ? findVisible(discord.world, actor, given.channelId, given.messageId).data : null;
  return discord.interactions.start({
    type: InteractionType.ModalSubmit,
    actor,
    channel,
    messageId: message?.id ?? null,
    trigger: trigger(actor, message),
    data: {
      custom_id: given.customId,
      components: given.components,
      ...resolveIds(discord.world, channel, actor.user.id, chosenIn(given.components)),
    },
  });
}

/** What was chosen in the selects of a form that choose people, roles and channels. */
function chosenIn(components: ApiObject[]): string[] {
  return components.flatMap(({ type, values, component, components: inner }) => [
    ...(CHOOSING.includes(Number(type)) && Array.isArray(values) ? values.map(String) : []),
    ...chosenIn([component ?? [], inner ?? []].flat() as ApiObject[]),
  ]);
}

const CHOOSING: readonly number[] = [
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

function trigger(actor: Actor, message: APIMessage | null): object {
  return message?.interaction_metadata ?? { type: InteractionType.ApplicationCommand, user: actor.user };
}
