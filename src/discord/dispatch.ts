import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandOptionChoice,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  InteractionResponseType,
  InteractionType,
} from 'discord.js';
import { UserError } from '../core/errors.ts';
import { traced } from '../core/trace.ts';
import { nextTurn } from '../core/turns.ts';
import { answer, type Task } from './answer.ts';
import type { Command, PressResult, Services } from './command.ts';
import { readCustomId } from './custom-id.ts';
import { isGone, referenceOf } from './failure.ts';
import { type FirstAnswer, timed } from './first-answer.ts';
import { givenOptions, isSlashCommand, pressRequestOf, requestOf, suggestRequestOf } from './request.ts';
import type { Responder } from './responder.ts';
import { label } from './text.ts';
import { within } from '../core/within.ts';

export interface DispatchContext {
  commands: readonly Command[];
  services: Services;
  /** After how many milliseconds a slow answer is announced. Default 1000; Discord waits 3000. */
  deferAfter?: number;
  /** After how many milliseconds suggestions are given up. Default 1500; they cannot be announced. */
  suggestWithin?: number;
  /** Told how long readers wait, by the name of the command. */
  onFirstAnswer?: ((command: string, first: FirstAnswer) => void) | undefined;
}

/** https://discord.com/developers/docs/interactions/application-commands#autocomplete */
const MAX_CHOICES = 25;
const MAX_CHOICE = 100;

/**
 * Answers an interaction as it came, from the gateway or over HTTP. Never rejects: whatever goes wrong is said to the reader
 * where that is possible, and logged, under the reference that the reader is shown.
 */
export async function dispatch(
  interaction: APIInteraction,
  responder: Responder,
  context: DispatchContext,
): Promise<void> {
  const { services, onFirstAnswer } = context;
  const { log } = services;
  const reference = referenceOf(interaction.id);
  const told = timed(responder, (first) => {
    if (interaction.type === InteractionType.Ping) return;
    const command = commandOf(interaction);
    log.debug({ command, ...first }, 'the first answer to an interaction');
    onFirstAnswer?.(command, first);
  });
  await traced(reference, async () => {
    try {
      await route(interaction, told, context, reference);
    } catch (error) {
      if (isGone(error)) log.debug({ err: error }, 'an interaction was answered already, or too late');
      else log.error({ err: error }, 'an interaction was not answered');
    }
  });
}

async function route(
  interaction: APIInteraction,
  responder: Responder,
  context: DispatchContext,
  reference: string,
): Promise<unknown> {
  const call = { deferAfter: context.deferAfter ?? 1000, reference, log: context.services.log };
  switch (interaction.type) {
    case InteractionType.Ping:
      return responder.callback({ type: InteractionResponseType.Pong });
    case InteractionType.ApplicationCommandAutocomplete:
      return suggest(interaction, responder, context);
    case InteractionType.ApplicationCommand:
      if (!isSlashCommand(interaction)) throw new Error('A command of a context menu is not ours.');
      return answer({ ...call, ...startCommand(interaction, context) }, responder);
    case InteractionType.MessageComponent:
    case InteractionType.ModalSubmit:
      return answer({ ...call, ...startPress(interaction, context) }, responder);
    default:
      throw new Error('An interaction of a type that is not known here.');
  }
}

type Started = Pick<Task, 'work' | 'announce' | 'direct'>;

function startCommand(interaction: APIChatInputApplicationCommandInteraction, context: DispatchContext): Started {
  const request = requestOf(interaction);
  const command = findCommand(context, interaction.data.name);
  const parsed = command?.options.safeParse(givenOptions(interaction.data.options));
  const hidden = parsed?.success ? (command?.isPrivate?.(parsed.data) ?? false) : true;
  const run = async (): Promise<PressResult> => {
    if (!command || !parsed) {
      throw new UserError(
        'This command is from another version of the bot. Reload Discord (Ctrl+R) and choose it again.',
      );
    }
    if (!parsed.success) throw new UserError(parsed.error.issues.map(fault).join('\n'));
    await nextTurn();
    return { reply: await command.run({ ...request, options: parsed.data }, context.services) };
  };
  return { work: run(), announce: hidden ? 'private' : 'public', direct: request.direct };
}

function fault({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length > 0 ? `${String(path[0])}: ${message}` : message;
}

function startPress(
  interaction: APIMessageComponentInteraction | APIModalSubmitInteraction,
  context: DispatchContext,
): Started {
  const { command: name, action } = readCustomId(interaction.data.custom_id);
  const request = pressRequestOf(interaction, action);
  const press = async (): Promise<PressResult> => {
    const command = findCommand(context, name);
    if (!command?.press) throw new UserError('This button is from an older version of the bot. Run the command again.');
    await nextTurn();
    return command.press(request, context.services);
  };
  return { work: press(), announce: interaction.message ? 'silently' : 'private', direct: request.direct };
}

async function suggest(
  interaction: APIApplicationCommandAutocompleteInteraction,
  responder: Responder,
  context: DispatchContext,
): Promise<unknown> {
  const { services, suggestWithin = 1500 } = context;
  const choices = async () => {
    const request = suggestRequestOf(interaction);
    const command = findCommand(context, interaction.data.name);
    await nextTurn();
    return request && command?.suggest ? command.suggest(request, services) : [];
  };
  const found = await within(choices(), suggestWithin).catch((error: unknown) => {
    services.log.error({ err: error }, 'suggesting failed');
  });
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  return responder.callback({ type, data: { choices: fitChoices(found ?? []) } });
}

/** What Discord takes: no name twice, and values that are not cut, for a part of one would mean something else. */
function fitChoices(choices: APIApplicationCommandOptionChoice[]): APIApplicationCommandOptionChoice[] {
  const named = new Map<string, APIApplicationCommandOptionChoice>();
  for (const { name: long, value } of choices) {
    const text = String(value);
    const name = label(long, MAX_CHOICE) || text;
    if (text && text.length <= MAX_CHOICE && !named.has(name)) named.set(name, { name, value });
  }
  return [...named.values()].slice(0, MAX_CHOICES);
}

/** The name of the command that an interaction is for; empty where it is for none. */
function commandOf({ data }: APIInteraction): string {
  if (!data) return '';
  if ('custom_id' in data) return readCustomId(data.custom_id).command;
  return 'name' in data ? data.name : '';
}

function findCommand({ commands }: DispatchContext, name: string): Command | undefined {
  return commands.find(({ declaration }) => declaration.name === name);
}
