import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { PressRequest, Request, SuggestRequest } from './command.ts';

type Option = APIApplicationCommandInteractionDataOption;
type Press = APIMessageComponentInteraction | APIModalSubmitInteraction;
type Interaction = APIChatInputApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction | Press;

const THREADS = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread];

/** Who asks and from where, of any interaction. */
export function requestOf(interaction: Interaction): Request {
  const user = interaction.member?.user ?? interaction.user;
  const permissions = BigInt(interaction.member?.permissions ?? 0);
  const type = interaction.channel?.type;
  const write = THREADS.some((thread) => thread === type)
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  return {
    reader: {
      id: user?.id ?? '0',
      name: interaction.member?.nick ?? user?.global_name ?? user?.username ?? 'somebody',
    },
    guildId: interaction.guild_id ?? null,
    channelId: interaction.channel?.id ?? null,
    locale: 'locale' in interaction ? interaction.locale : 'en-US',
    permissions,
    chosenChannels: chosenChannels(interaction.data),
    appPermissions: BigInt(interaction.app_permissions ?? 0),
    mayPost: !interaction.guild_id || (permissions & write) !== 0n,
    direct: isDirect(interaction),
  };
}

function chosenChannels(data: Interaction['data']): Record<string, bigint> {
  const { channels = {} } = (('resolved' in data && data.resolved) || {}) as {
    channels?: Record<string, { permissions?: string }>;
  };
  const entries = Object.entries(channels).map(([id, { permissions = '0' }]): [string, bigint] => [
    id,
    BigInt(permissions),
  ]);
  return Object.fromEntries(entries);
}

/** Two people's own messages have the channel type of ours; the context tells them apart where Discord sends it. */
function isDirect({ context, guild_id, channel }: Interaction): boolean {
  if (context !== undefined) return context === InteractionContextType.BotDM;
  return !guild_id && channel?.type === ChannelType.DM;
}

/** Whether an interaction calls a slash command (and no entry of a context menu). */
export function isSlashCommand(interaction: {
  data: { type: ApplicationCommandType };
}): interaction is APIChatInputApplicationCommandInteraction {
  return interaction.data.type === ApplicationCommandType.ChatInput;
}

/**
 * The options of a command by name, as given; of a subcommand its own, with its name as `subcommand` and its group's as `group`.
 */
export function givenOptions(options: readonly Option[] = []): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const option of options) {
    if (option.type === ApplicationCommandOptionType.SubcommandGroup) {
      Object.assign(given, givenOptions(option.options), { group: option.name });
    } else if (option.type === ApplicationCommandOptionType.Subcommand) {
      Object.assign(given, givenOptions(option.options), { subcommand: option.name });
    } else given[option.name] = option.value;
  }
  return given;
}

/** What is asked while typing; `null` when nothing is being typed. */
export function suggestRequestOf(interaction: APIApplicationCommandAutocompleteInteraction): SuggestRequest | null {
  const { options } = interaction.data;
  const focused = focusedOption(options);
  return focused && { ...requestOf(interaction), focused, options: givenOptions(options) };
}

function focusedOption(options: readonly Option[] = []): SuggestRequest['focused'] | null {
  for (const option of options) {
    if ('focused' in option && option.focused) return { name: option.name, value: String(option.value) };
    const found = 'options' in option ? focusedOption(option.options) : null;
    if (found) return found;
  }
  return null;
}

/** What was pressed, chosen or filled in. `action` is what follows the command's name in the `custom_id`. */
export function pressRequestOf(interaction: Press, action: string[]): PressRequest {
  const { data, message } = interaction;
  return {
    ...requestOf(interaction),
    action,
    values: 'values' in data ? data.values : [],
    fields: 'components' in data ? Object.fromEntries(inputs(data.components)) : {},
    ownerId: message?.interaction_metadata?.user.id ?? null,
  };
}

/** The inputs of a form, however deep its rows and labels hold them. */
function inputs(components: readonly object[]): [string, string][] {
  return components.flatMap((component) => {
    if ('components' in component) return inputs(component.components as object[]);
    if ('component' in component) return inputs([component.component as object]);
    if (!('custom_id' in component && 'value' in component)) return [];
    return [[String(component.custom_id), String(component.value)] satisfies [string, string]];
  });
}
