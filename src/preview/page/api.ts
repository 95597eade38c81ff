import type {
  APIMessage,
  APIMessageComponent,
  APIModalComponent,
  APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  SeparatorSpacingSize,
  TextInputStyle,
} from 'discord.js';
import type { PreviewUser } from '../protocol.ts';

/** A message as the page reads it: what Discord always sends may be missing, and then shows as nothing. */
export type Message = Partial<APIMessage> & { id: string };

/** Anything that may stand in the components of a message or of a form. */
export type Component = APIMessageComponent | APIModalComponent;

/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const FLAGS = { published: 1 << 0, noEmbeds: 1 << 2, private: 1 << 6, loading: 1 << 7 };

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
export const CHANNEL = { text: 0, directMessages: 1, announcements: 5, forum: 15 };

/** Threads of announcement channels, public and private ones. */
export const THREADS = [10, 11, 12];

/* oxlint-disable typescript/no-unsafe-enum-assignment -- the package that names these numbers would weigh more than this
   whole page, so they are written out with its types */

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type */
export const OPTION = {
  subcommand: 1 as ApplicationCommandOptionType.Subcommand,
  group: 2 as ApplicationCommandOptionType.SubcommandGroup,
  integer: 4 as ApplicationCommandOptionType.Integer,
  boolean: 5 as ApplicationCommandOptionType.Boolean,
  user: 6 as ApplicationCommandOptionType.User,
  channel: 7 as ApplicationCommandOptionType.Channel,
  role: 8 as ApplicationCommandOptionType.Role,
  mentionable: 9 as ApplicationCommandOptionType.Mentionable,
  number: 10 as ApplicationCommandOptionType.Number,
};

/** Where a command may be used: https://discord.com/developers/docs/interactions/application-commands#interaction-contexts */
export const CONTEXT = {
  server: 0 as InteractionContextType.Guild,
  directMessages: 1 as InteractionContextType.BotDM,
};

/** Slash commands, among those of messages and users. */
export const SLASH_COMMAND = 1 as ApplicationCommandType.ChatInput;

/** Several lines, among the styles of text inputs. */
export const PARAGRAPH = 2 as TextInputStyle.Paragraph;

/** More room, among the spacings of separators. */
export const LARGE = 2 as SeparatorSpacingSize.Large;

/** https://discord.com/developers/docs/components/reference#component-object-component-types */
export const COMPONENT = {
  row: 1 as ComponentType.ActionRow,
  button: 2 as ComponentType.Button,
  stringSelect: 3 as ComponentType.StringSelect,
  textInput: 4 as ComponentType.TextInput,
  userSelect: 5 as ComponentType.UserSelect,
  roleSelect: 6 as ComponentType.RoleSelect,
  mentionableSelect: 7 as ComponentType.MentionableSelect,
  channelSelect: 8 as ComponentType.ChannelSelect,
  section: 9 as ComponentType.Section,
  textDisplay: 10 as ComponentType.TextDisplay,
  thumbnail: 11 as ComponentType.Thumbnail,
  gallery: 12 as ComponentType.MediaGallery,
  file: 13 as ComponentType.File,
  separator: 14 as ComponentType.Separator,
  container: 17 as ComponentType.Container,
  label: 18 as ComponentType.Label,
};
/* oxlint-enable typescript/no-unsafe-enum-assignment */

export function hasFlag(message: Message, flag: number): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}

/** The name others see. */
export function displayName(user: Pick<PreviewUser, 'username' | 'global_name'> | APIUser): string {
  return user.global_name ?? user.username;
}

/** What the reader did to cause the message, for example `/search`; `null` for a message of its own. */
export function causeOf(message: Message): { user: APIUser; command: string | null } | null {
  const metadata = message.interaction_metadata;
  const old = message.interaction;
  const user = metadata?.user ?? old?.user;
  if (user === undefined) return null;
  const named = metadata !== undefined && 'name' in metadata ? String(metadata.name) : undefined;
  return { user, command: named ?? old?.name ?? null };
}
