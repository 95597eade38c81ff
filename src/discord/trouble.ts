import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes as Code } from 'discord.js';
import { errorText } from '../core/errors.ts';
import type { Trouble } from '../outbox/sender.ts';
import { HeldError } from './pace.ts';

/** Whoever was refused with one of these is refused always, whatever the status. */
const CLOSED: readonly unknown[] = [
  Code.UnknownChannel,
  Code.UnknownUser,
  Code.UnknownWebhook,
  Code.MissingAccess,
  Code.CannotSendMessagesToThisUser,
  Code.CannotSendMessagesInNonTextChannel,
  Code.CannotExecuteActionOnThisChannelType,
  Code.MissingPermissions,
  Code.InvalidRecipients,
  Code.InvalidActionOnArchivedThread,
  Code.ThreadLocked,
  Code.TagRequiredToCreateAForumPostInThisChannel,
];

/** Something between us and Discord, or Discord as a whole, refuses for now. */
const ELSEWHERE: readonly unknown[] = [Code.CloudflareIsBlockingYourRequest, Code.APIResourceOverloaded];

/** Why a destination is closed, for whoever set it up. */
const WORDS = new Map<unknown, string>([
  [Code.UnknownChannel, 'The channel is gone.'],
  [Code.UnknownUser, 'The reader is gone.'],
  [Code.MissingAccess, 'Paperboy does not see the channel.'],
  [Code.MissingPermissions, 'Paperboy may not post in the channel.'],
  [Code.CannotSendMessagesInNonTextChannel, 'The channel takes no messages.'],
  [Code.CannotExecuteActionOnThisChannelType, 'The channel is of another kind than before.'],
  [Code.InvalidActionOnArchivedThread, 'The thread is locked.'],
  [Code.ThreadLocked, 'The thread is locked.'],
  [Code.TagRequiredToCreateAForumPostInThisChannel, 'The forum asks for a tag on every post.'],
  [Code.CannotSendMessagesToThisUser, 'The reader takes no direct messages from Paperboy.'],
]);

/** A proxy answered, or the page of a network that wants a log-in. */
export class NotDiscordError extends Error {
  override message = 'What answered is not Discord.';
}

/** What an error of a request means for the message. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof HeldError) return { kind: 'wait', milliseconds: error.milliseconds, everywhere: true };
  if (error instanceof RateLimitError) {
    return { kind: 'wait', milliseconds: waitOf(error), everywhere: error.global };
  }
  if (error instanceof HTTPError) return unsure(String(error.status), `Discord answered with ${error.status}.`);
  if (!(error instanceof DiscordAPIError)) return unsure('network', errorText(error));
  const { code, status, message } = error;
  const failure = { code: String(code || status), words: WORDS.get(code) ?? message };
  if (status === 401) return { kind: 'unauthorized', failure };
  // Discord gives every refusal of its own a code; a proxy's says nothing of the destination, nor does an address that is wrong.
  const isDiscords = typeof code === 'number' && !ELSEWHERE.includes(code) && !(status === 404 && code === 0);
  if (!isDiscords || status === 408) return unsure(String(status), `The answer was ${status}.`);
  const isClosed = status === 403 || status === 404 || CLOSED.includes(code);
  return { kind: isClosed ? 'closed' : 'refused', failure };
}

/** How long Discord asks to wait, in milliseconds. */
export function waitOf({ retryAfter, timeToReset, sublimitTimeout }: RateLimitError): number {
  return Math.max(retryAfter, timeToReset, sublimitTimeout, 0);
}

/** Whether Discord refused a request with one of these codes. */
export function isRefusal(error: unknown, ...codes: Code[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(error.code as Code);
}

function unsure(code: string, words: string): Trouble {
  return { kind: 'unsure', failure: { code, words } };
}
