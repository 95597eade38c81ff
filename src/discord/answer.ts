import { type APIModalInteractionResponseCallbackData, InteractionResponseType, MessageFlags } from 'discord.js';
import { UserError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { PressResult, Reply } from './command.ts';
import { failureReply, isGone } from './failure.ts';
import { changedMessage, newMessage } from './message.ts';
import type { Responder } from './responder.ts';
import { within } from '../core/within.ts';

export interface Task {
  work: Promise<PressResult>;
  /** How a slow answer is announced: as a message being written, or not at all (the pressed message just stays). */
  announce: 'public' | 'private' | 'silently';
  /** After how many milliseconds. */
  deferAfter: number;
  /** Whether private replies need no hiding, because nobody else reads here. */
  direct: boolean;
  /** What the reader is told when something goes wrong; the trace of the log's lines. */
  reference: string;
  log: Log;
}

/**
 * Brings the result of a command or press to the reader; announces it first when it takes long. A failure becomes a text for
 * the reader, and so does an answer that Discord refuses.
 * @throws DiscordAPIError when not even that can be said.
 */
export async function answer(task: Task, responder: Responder): Promise<void> {
  const result = task.work.catch((error: unknown) => explain(error, 'a request failed', task));
  const quick = await within(result, task.deferAfter);
  if (quick) return deliver(quick, task, (ready) => sendFirst(ready, task, responder));
  await responder.callback(announcement(task));
  return deliver(await result, task, (ready) => sendLater(ready, task, responder));
}

function explain(error: unknown, what: string, { log, reference }: Task): PressResult {
  if (error instanceof UserError) log.debug({ reason: error.message }, 'a request was refused');
  else log.error({ err: error }, what);
  return { reply: failureReply(error, reference) };
}

async function deliver(result: PressResult, task: Task, send: (result: PressResult) => Promise<void>): Promise<void> {
  try {
    await send(result);
  } catch (error) {
    if (isGone(error)) throw error;
    await send(explain(error, 'Discord did not take an answer', task));
  }
}

function announcement({ announce, direct }: Task) {
  if (announce === 'silently') return { type: InteractionResponseType.DeferredMessageUpdate };
  const type = InteractionResponseType.DeferredChannelMessageWithSource;
  return announce === 'private' && !direct ? { type, data: { flags: MessageFlags.Ephemeral } } : { type };
}

async function sendFirst(result: PressResult, task: Task, responder: Responder): Promise<void> {
  if ('modal' in result) return void (await responder.callback(form(result.modal)));
  const updates = 'update' in result;
  const { message, files } = updates
    ? changedMessage(result.update)
    : newMessage(result.reply, hides(result.reply, task));
  const type = updates ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
  await responder.callback({ type, data: message }, files);
  if (updates) await sendFollowUp(result.followUp, task, responder);
}

async function sendLater(result: PressResult, task: Task, responder: Responder): Promise<void> {
  const ready =
    'modal' in result ? { reply: { content: 'That took too long to open. Try again.', private: true } } : result;
  if ('reply' in ready && task.announce === 'silently') return sendFollowUp(ready.reply, task, responder);
  const { message, files } = changedMessage('update' in ready ? ready.update : ready.reply);
  await responder.editOriginal(message, files);
  if ('update' in ready) await sendFollowUp(ready.followUp, task, responder);
}

async function sendFollowUp(reply: Reply | undefined, task: Task, responder: Responder): Promise<void> {
  if (!reply) return;
  const { message, files } = newMessage(reply, hides(reply, task));
  await responder.followUp(message, files);
}

function form(modal: APIModalInteractionResponseCallbackData) {
  return { type: InteractionResponseType.Modal, data: modal };
}

function hides(reply: Reply, { direct }: Task): boolean {
  return reply.private === true && !direct;
}
