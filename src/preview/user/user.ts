import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIUser,
} from 'discord.js';
import { UserError } from '../../core/errors.ts';
import type { Answer, Interaction } from '../interactions/interactions.ts';
import type { Actor } from '../interactions/payload.ts';
import { deleteMessage } from '../messages.ts';
import type { ApiObject } from '../protocol.ts';
import type { Discord } from '../rest/router.ts';
import { messagesIn, openDirectMessages, type Channel } from '../world.ts';
import { commandsFor, press, runCommand, submit, suggest } from './actions.ts';
import { fillForm } from './form.ts';
import { buildOptions, type OptionValues } from './options.ts';

/** A form that the application opened for a user. */
interface OpenForm {
  channelId: string;
  /** The message whose component opened it. */
  messageId: string | null;
  modal: APIModalInteractionResponseCallbackData;
}

/**
 * A person in front of Discord, for tests. Everything rejects with `InteractionFailed` when the application does not
 * answer in time, and with `UserError` for what Discord's clients do not offer. Messages are copies, as they were when
 * the answer came.
 */
export interface PreviewPerson {
  readonly user: APIUser;
  /** The direct messages with the bot. */
  readonly directMessages: string;
  /** Discord's name of a language. */
  locale: string;
  /** Whether the user added the application to their own account. */
  installed: boolean;
  /** Runs a command, for example `topics list`; resolves to the answer, after a deferral to the completed one. */
  command(channelId: string, name: string, options?: OptionValues): Promise<APIMessage>;
  /** Runs a command that opens a form. */
  commandForForm(channelId: string, name: string, options?: OptionValues): Promise<OpenForm>;
  /** The suggestions for option `focused`, as typed in `options`. */
  autocomplete(
    channelId: string,
    name: string,
    options: OptionValues,
    focused: string,
  ): Promise<APIApplicationCommandOptionChoice[]>;
  /** Presses a button, or chooses `values`; resolves to the changed or the new message. */
  press(message: APIMessage, customId: string, values?: string[]): Promise<APIMessage>;
  /** Presses a button that opens a form. */
  pressForForm(message: APIMessage, customId: string, values?: string[]): Promise<OpenForm>;
  /** Sends a form with values by the `custom_id` of their field; fields not named are sent as they came. */
  submit(form: OpenForm, values: Record<string, string | string[]>): Promise<APIMessage>;
  /** What the user sees in a channel, oldest first. */
  messages(channelId: string): APIMessage[];
  /** Removes a private message from the user's screen. */
  dismiss(message: APIMessage): void;
  /** The commands that the user is offered in a channel. */
  commands(channelId: string): APIApplicationCommand[];
  /** The user has these permission bits in every channel of every server; `null` gives back what roles say. */
  setPermissions(bits: bigint | null): void;
  /** Whether the user takes direct messages. */
  setDirectMessagesOpen(open: boolean): void;
}

function unexpected(wanted: string, answer: Answer): Error {
  return new Error(`The application answered with a ${answer.type} where a ${wanted} was expected`);
}

async function messageOf(interaction: Interaction): Promise<APIMessage> {
  const answer = await interaction.answered;
  if (answer.type !== 'message') throw unexpected('message', answer);
  return answer.message;
}

async function formOf(interaction: Interaction): Promise<OpenForm> {
  const answer = await interaction.answered;
  if (answer.type !== 'modal') throw unexpected('modal', answer);
  const { channel, messageId } = interaction.spec;
  return { channelId: channel.id, messageId: messageId ?? null, modal: answer.modal };
}

function findChannel({ world }: Discord, channelId: string): Channel {
  const channel = world.channels.get(channelId);
  if (!channel) throw new UserError(`There is no channel ${channelId}.`);
  return channel;
}

/** The command of a name as typed, and the names of its subcommands. */
function findCommand(
  discord: Discord,
  actor: Actor,
  channelId: string,
  typed: string,
): [APIApplicationCommand, string[]] {
  const [name, ...path] = typed.split(' ');
  const offered = commandsFor(discord.world, findChannel(discord, channelId), actor);
  const command = offered.find((candidate) => candidate.name === name);
  if (!command) throw new UserError(`There is no command /${name} here.`);
  return [command, path];
}

/** What a user sees in a channel, oldest first. */
export function visibleMessages({ world }: Discord, userId: string, channelId: string): APIMessage[] {
  return messagesIn(world, channelId)
    .filter(({ viewerId }) => viewerId === null || viewerId === userId)
    .map(({ data }) => data);
}

/** The person in front of Discord for an actor, whose language and installation it changes. */
export function createPerson(discord: Discord, actor: Actor): PreviewPerson {
  const { world } = discord;
  const { user } = actor;

  function run(channelId: string, name: string, values: OptionValues): Interaction {
    const [command, path] = findCommand(discord, actor, channelId, name);
    return runCommand(discord, actor, {
      channelId,
      commandId: command.id,
      options: buildOptions(command.options, path, values),
    });
  }

  function pressOn(message: APIMessage, customId: string, values?: string[]): Interaction {
    return press(discord, actor, { channelId: message.channel_id, messageId: message.id, customId, values });
  }

  return {
    user,
    directMessages: openDirectMessages(world, user).id,
    get locale() {
      return actor.locale;
    },
    set locale(locale) {
      actor.locale = locale;
    },
    get installed() {
      return actor.installed;
    },
    set installed(installed) {
      actor.installed = installed;
    },
    command: async (channelId, name, options = {}) => messageOf(run(channelId, name, options)),
    commandForForm: async (channelId, name, options = {}) => formOf(run(channelId, name, options)),
    async autocomplete(channelId, name, values, focused) {
      const [command, path] = findCommand(discord, actor, channelId, name);
      const options = buildOptions(command.options, path, values, focused);
      const answer = await suggest(discord, actor, { channelId, commandId: command.id, options }).answered;
      if (answer.type !== 'choices') throw unexpected('list of choices', answer);
      return answer.choices;
    },
    press: async (message, customId, values) => messageOf(pressOn(message, customId, values)),
    pressForForm: async (message, customId, values) => formOf(pressOn(message, customId, values)),
    async submit({ channelId, messageId, modal }, values) {
      const components = fillForm(modal, values) as ApiObject[];
      return messageOf(submit(discord, actor, { channelId, messageId, customId: modal.custom_id, components }));
    },
    messages: (channelId) => structuredClone(visibleMessages(discord, user.id, channelId)),
    dismiss: (message) => dismiss(discord, user.id, message.channel_id, message.id),
    commands: (channelId) => structuredClone(commandsFor(world, findChannel(discord, channelId), actor)),
    setPermissions(bits) {
      for (const { members } of world.guilds.values()) {
        const member = members.get(user.id);
        if (member) member.permissions = bits;
      }
    },
    setDirectMessagesOpen(open) {
      if (open) world.closedDms.delete(user.id);
      else world.closedDms.add(user.id);
    },
  };
}

/** Removes a private message of a user; does nothing for any other. */
export function dismiss({ world }: Discord, userId: string, channelId: string, messageId: string): void {
  const stored = messagesIn(world, channelId).find(({ data }) => data.id === messageId);
  if (stored?.viewerId !== userId) return;
  deleteMessage(world, stored);
}
