import type {
  APIActionRowComponent,
  APIApplicationCommandOptionChoice,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { OutboxState } from '../outbox/worker.ts';
import type { Db } from '../store/database.ts';
import type { Search } from '../search/result.ts';
import type { Quotas } from '../topics/quotas.ts';
import type { Places } from './channels.ts';

/** What commands may use. */
export interface Services extends Places {
  db: Db;
  search: Search;
  clock: Clock;
  log: Log;
  /** IANA name; decides what "today" is where a reader's own zone is unknown. */
  timezone: string;
  /** How many topics there may be. */
  quotas: Quotas;
  /** Clickable mention of a registered command (`</search:123>`, `</topics list:456>`), or `/search` before registration. */
  mention: (command: string) => string;
  /** When sources are looked at next; `null` while no process does that. */
  nextIngestion: () => Promise<Date | null>;
  /** How many digests wait because they could not be read. */
  unreadableFiles: () => Promise<number>;
  /** Whether this process delivers messages; `elsewhere`: that is left to others. */
  outboxState: () => OutboxState | 'elsewhere';
}

/** Who asks, and from where. */
export interface Request {
  reader: { id: string; name: string };
  guildId: string | null;
  channelId: string | null;
  /** The reader's Discord language, for example `en-GB`. */
  locale: string;
  /** The reader's permission bits in this channel; 0 outside servers. */
  permissions: bigint;
  /** The reader's permission bits in each channel that they chose in an option or a select, by its id. */
  chosenChannels: Record<string, bigint>;
  /** The bot's permission bits in this channel. */
  appPermissions: bigint;
  /** Whether the reader may write in this channel; true outside servers. */
  mayPost: boolean;
  /** Whether this is the reader's direct messages with the bot, where nobody else reads. */
  direct: boolean;
}

interface CommandRequest<Options> extends Request {
  /** Of a subcommand its own options, with its name as `subcommand` and its group's, where it has one, as `group`. */
  options: Options;
}

export interface SuggestRequest extends Request {
  /** The option being typed; what is typed of a number is text too. */
  focused: { name: string; value: string };
  /** All options as typed so far, unchecked; `subcommand` and `group` as in the request of a command. */
  options: Record<string, unknown>;
}

export interface PressRequest extends Request {
  /** What follows the command's name in the `custom_id`, split at `:`. */
  action: string[];
  /** What was chosen, for selects. */
  values: string[];
  /** What was typed, for modals: `custom_id` of the input to its text. */
  fields: Record<string, string>;
  /** The id of the reader whose command made the message; `null` when nobody's did. */
  ownerId: string | null;
}

/** Message data as in Discord's API. `private` shows it to the reader alone; direct messages are private anyway. */
export interface Reply {
  content?: string;
  embeds?: APIEmbed[];
  components?: APIActionRowComponent<APIComponentInMessageActionRow>[];
  files?: { name: string; data: Buffer; description?: string }[];
  private?: boolean;
}

/** What a press does: change the message it was on (and perhaps post one more), answer with a new one, or open a form. */
export type PressResult =
  | { update: Reply; followUp?: Reply }
  | { reply: Reply }
  | { modal: APIModalInteractionResponseCallbackData };

/** One slash command. `run` is a function from a plain request to a plain reply. */
export interface Command<Options = unknown> {
  declaration: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** Checks the options of an interaction; a failed check is shown to the reader. */
  options: z.ZodType<Options>;
  /** Whether the answer is for the reader alone; decides how a slow answer is announced. Default: no. */
  isPrivate?: (options: Options) => boolean;
  run(request: CommandRequest<Options>, services: Services): Promise<Reply>;
  /** At most 25 choices, while typing. */
  suggest?(request: SuggestRequest, services: Services): Promise<APIApplicationCommandOptionChoice[]>;
  /** Buttons, selects and forms whose `custom_id` starts with the command's name. */
  press?(request: PressRequest, services: Services): Promise<PressResult>;
}

/** Infers `Options` from the schema. */
export function defineCommand<Options>(command: Command<Options>): Command {
  return command as Command;
}
