import {
  type APIEmbed,
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  REST,
  RESTJSONErrorCodes as Code,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { errorText } from '../core/errors.ts';
import type { FindOutcome, Outgoing, Sender, SendOutcome, Trouble } from '../outbox/sender.ts';
import type { Destination } from '../store/deliveries.ts';
import { createPace } from './pace.ts';

/** How long Discord may take to answer, in milliseconds. */
const TIMEOUT = 15_000;
/** Discord's global limit, in requests a second: https://docs.discord.com/developers/topics/rate-limits */
const LIMIT = 50;
/** Clocks differ: messages are looked for from so long before an attempt, in milliseconds. */
const SKEW = 60_000;
/** Most messages that one request lists. */
const PAGE = 100;
const PAGES = 10;

/** Whoever was refused with one of these is refused always, whatever the status. */
const CLOSED: readonly unknown[] = [
  Code.UnknownChannel,
  Code.UnknownUser,
  Code.UnknownWebhook,
  Code.MissingAccess,
  Code.CannotSendMessagesToThisUser,
  Code.CannotSendMessagesInNonTextChannel,
  Code.MissingPermissions,
  Code.InvalidRecipients,
  Code.InvalidActionOnArchivedThread,
  Code.ThreadLocked,
];

/**
 * Sends the outbox's messages. A client of its own, because discord.js repeats what was not answered at once and waits out
 * every limit, and forgets the token after one 401; the outbox decides such things by itself.
 */
export function createSender({ token, apiUrl }: { token: string; apiUrl: string }): Sender {
  const api = apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '');
  const rest = new REST({ api, version: '10', timeout: TIMEOUT, retries: 0, rejectOnRateLimit: () => true });
  rest.setToken(token);
  const pace = createPace(LIMIT, 1000);
  const directMessages = new Map<string, string>();

  async function channelOf({ kind, id }: Destination): Promise<string> {
    if (kind === 'channel') return id;
    const known = directMessages.get(id);
    if (known) return known;
    const channel = idOf(await pace.count(rest.post(Routes.userChannels(), { body: { recipient_id: id } })));
    directMessages.set(id, channel);
    return channel;
  }

  async function send({ destination, payload, nonce }: Outgoing): Promise<SendOutcome> {
    const channel = await channelOf(destination);
    const body = { allowed_mentions: { parse: [] }, ...payload, nonce, enforce_nonce: true };
    const message = await pace.count(rest.post(Routes.channelMessages(channel), { body }));
    return { kind: 'sent', messageId: idOf(message) };
  }

  async function find(outgoing: Outgoing, since: Date): Promise<FindOutcome> {
    const channel = await channelOf(outgoing.destination);
    let after = SnowflakeUtil.generate({ timestamp: since.getTime() - SKEW, increment: 0n }).toString();
    for (let page = 0; page < PAGES; page += 1) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const messages = await pace.count(rest.get(Routes.channelMessages(channel), { query }));
      if (!isList(messages)) throw new NotDiscordError();
      const found = messages.find((message) => isSame(message, outgoing));
      if (found) return { kind: 'found', messageId: found.id };
      const newest = messages[0];
      if (!newest || messages.length < PAGE) break;
      after = newest.id;
    }
    return { kind: 'absent' };
  }

  return {
    room: () => pace.room(),
    send: (outgoing) => send(outgoing).catch(troubleOf),
    find: (outgoing, since) => find(outgoing, since).catch((error: unknown) => unsettled(troubleOf(error))),
  };
}

/** A proxy answered, or the page of a network that wants a log-in. */
class NotDiscordError extends Error {
  override message = 'What answered is not Discord.';
}

/** @throws NotDiscordError */
function idOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
    return answer.id;
  throw new NotDiscordError();
}

function isList(answer: unknown): answer is APIMessage[] {
  return Array.isArray(answer);
}

/** Whether this is the message. Where Discord does not show the nonce, one of a bot that says the same. */
function isSame(message: APIMessage, { nonce, payload }: Outgoing): boolean {
  if (message.nonce !== undefined) return message.nonce === nonce;
  const { content = '', embeds = [] } = payload as { content?: string; embeds?: APIEmbed[] };
  return message.author.bot === true && message.content === content && said(message.embeds) === said(embeds);
}

function said(embeds: APIEmbed[]): string {
  return JSON.stringify(embeds.map(({ title = '', description = '' }) => [title, description]));
}

/** Why a destination is closed, for whoever set it up. */
const WORDS = new Map<unknown, string>([
  [Code.UnknownChannel, 'The channel is gone.'],
  [Code.UnknownUser, 'The reader is gone.'],
  [Code.MissingAccess, 'Paperboy does not see the channel.'],
  [Code.MissingPermissions, 'Paperboy may not post in the channel.'],
  [Code.InvalidActionOnArchivedThread, 'The thread is locked.'],
  [Code.ThreadLocked, 'The thread is locked.'],
  [Code.CannotSendMessagesToThisUser, 'The reader takes no direct messages from Paperboy.'],
]);

function troubleOf(error: unknown): Trouble {
  if (error instanceof RateLimitError) {
    const { retryAfter, timeToReset, sublimitTimeout, global } = error;
    return { kind: 'wait', milliseconds: Math.max(retryAfter, timeToReset, sublimitTimeout, 0), everywhere: global };
  }
  if (error instanceof HTTPError) return unsure(String(error.status), `Discord answered with ${error.status}.`);
  if (!(error instanceof DiscordAPIError)) return unsure('network', errorText(error));
  const { code, status, message } = error;
  const failure = { code: String(code || status), words: WORDS.get(code) ?? message };
  if (status === 401) return { kind: 'unauthorized', failure };
  // Discord gives every refusal of its own a code; a proxy's says nothing of the destination.
  const isDiscords = typeof code === 'number';
  if (!isDiscords || status === 408) return unsure(String(status), `The answer was ${status}.`);
  const isClosed = status === 403 || status === 404 || CLOSED.includes(code);
  return { kind: isClosed ? 'closed' : 'refused', failure };
}

function unsure(code: string, words: string): Trouble {
  return { kind: 'unsure', failure: { code, words } };
}

/** Where the history may not be read nobody can tell whether a message arrived, and twice is worse than a line in the log. */
function unsettled(trouble: Trouble): Trouble {
  if (trouble.kind !== 'closed' || trouble.failure.code !== String(Code.MissingPermissions)) return trouble;
  const words = 'Nobody knows whether it arrived: Paperboy may not read the history of the channel.';
  return { kind: 'refused', failure: { code: 'unsure', words } };
}
