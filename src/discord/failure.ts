import { createHash } from 'node:crypto';
import { DiscordAPIError, RESTJSONErrorCodes as Code } from 'discord.js';
import { UserError } from '../core/errors.ts';
import type { Reply } from './command.ts';
import { plain } from './markdown.ts';

/** An interaction with one of these is over: its message or webhook is gone, or its answer is late or not the first. */
const GONE = [
  Code.UnknownMessage,
  Code.UnknownWebhook,
  Code.UnknownInteraction,
  Code.InteractionHasAlreadyBeenAcknowledged,
  Code.InvalidWebhookToken,
];

/** Nobody can be answered any more. */
export class InteractionOver extends Error {
  override message = 'The interaction is over.';
}

/** Whether nobody waits for this answer any more, so that nothing is wrong and nothing is to be done. */
export function isGone(error: unknown): boolean {
  if (error instanceof InteractionOver) return true;
  return error instanceof DiscordAPIError && GONE.some((code) => code === error.code);
}

/** Six characters that name an interaction, for the reader and in the log. */
export function referenceOf(interactionId: string): string {
  return createHash('sha256').update(interactionId).digest('hex').slice(0, 6).toUpperCase();
}

/** What the reader is told of an error: its own words when they are meant for people, else where to find it in the log. */
export function failureReply(error: unknown, reference: string): Reply {
  const content =
    error instanceof UserError
      ? plain(error.message, 1900)
      : `Something went wrong on my side. Try again; if it stays, tell whoever runs this bot the reference **${reference}**.`;
  return { content, private: true };
}
