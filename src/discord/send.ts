import { type RawFile, RESTJSONErrorCodes as Code, Routes } from 'discord.js';
import type { Outgoing, Posted, PublishOutcome, Sender, SendOutcome, Trouble } from '../outbox/sender.ts';
import type { Destination, StoredFile } from '../store/deliveries.ts';
import { createFinder } from './find-sent.ts';
import { type Access, createRequests, type Requests } from './paced-requests.ts';
import { isRefusal, NotDiscordError, troubleOf } from './trouble.ts';

/** Nobody is notified by a text unless the payload says who may be. */
const QUIET = { allowed_mentions: { parse: [] } };
/** What an edit does not name goes. */
const EMPTY = { content: '', embeds: [], components: [] };

/** Sends the outbox's messages. */
export function createSender(access: Access): Sender {
  const requests = createRequests(access);
  const directMessages = new Map<string, string>();
  let opening: Promise<unknown> = Promise.resolve();

  async function channelOf({ kind, id }: Destination): Promise<string> {
    if (kind === 'channel') return id;
    const known = directMessages.get(id);
    if (known) return known;
    // One after the other, as Discord likes it: they wait here, so that messages elsewhere need not wait behind them.
    const opened = opening.then(() => requests.post(Routes.userChannels(), { recipient_id: id }));
    opening = opened.catch(() => {});
    const channel = idOf(await opened);
    directMessages.set(id, channel);
    return channel;
  }

  async function send(outgoing: Outgoing): Promise<SendOutcome> {
    const channel = await channelOf(outgoing.destination);
    if (outgoing.form === 'edit') return edit(requests, channel, outgoing.posted, outgoing.payload);
    if (outgoing.form === 'forum post') {
      const { payload, files } = outgoing;
      const post = { ...payload, message: { ...QUIET, ...payload.message, ...attachmentsOf(files) } };
      return { kind: 'sent', messageId: idOf(await requests.post(Routes.threads(channel), post, files.map(rawFile))) };
    }
    const { nonce, payload, files } = outgoing;
    const body = { ...QUIET, ...payload, ...attachmentsOf(files), nonce, enforce_nonce: true };
    const posted = await requests.post(Routes.channelMessages(channel), body, files.map(rawFile));
    return { kind: 'sent', messageId: idOf(posted) };
  }

  async function publish(destination: Destination, messageId: string): Promise<PublishOutcome> {
    const channel = await channelOf(destination);
    try {
      await requests.post(Routes.channelMessageCrosspost(channel, messageId));
    } catch (error) {
      if (!isRefusal(error, Code.ThisMessageWasAlreadyCrossposted)) throw error;
    }
    return { kind: 'published' };
  }

  const find = createFinder(requests, channelOf);
  return {
    room: () => requests.room(),
    send: (outgoing) => send(outgoing).catch(troubleOf),
    publish: (destination, messageId) => publish(destination, messageId).catch(troubleOf),
    find: (outgoing, since) => find(outgoing, since).catch((error: unknown) => unsettled(troubleOf(error))),
  };
}

/** What a message says of its files. */
function attachmentsOf(files: readonly StoredFile[]): { attachments?: object[] } {
  if (files.length === 0) return {};
  return {
    attachments: files.map(({ name, description }, index) => ({ id: String(index), filename: name, description })),
  };
}

function rawFile({ name, data }: StoredFile): RawFile {
  return { name, data: Buffer.from(data, 'base64') };
}

/** Changes what was posted; where that is gone, all is done. */
async function edit(
  requests: Requests,
  channel: string,
  { messageId, inForumPost }: Posted,
  payload: Record<string, unknown>,
): Promise<SendOutcome> {
  const route = Routes.channelMessage(inForumPost ? messageId : channel, messageId);
  const gone = inForumPost ? [Code.UnknownMessage, Code.UnknownChannel] : [Code.UnknownMessage];
  try {
    await requests.patch(route, { ...QUIET, ...EMPTY, ...payload });
  } catch (error) {
    if (!isRefusal(error, ...gone)) throw error;
  }
  return { kind: 'sent', messageId };
}

/** @throws NotDiscordError */
function idOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string')
    return answer.id;
  throw new NotDiscordError();
}

/** Where the history may not be read nobody can tell whether a message arrived, and twice is worse than a line in the log. */
function unsettled(trouble: Trouble): Trouble {
  if (trouble.kind !== 'closed' || trouble.failure.code !== String(Code.MissingPermissions)) return trouble;
  const words = 'Nobody knows whether it arrived: Paperboy may not read the history of the channel.';
  return { kind: 'refused', failure: { code: 'unsure', words } };
}
