import {
  type APIEmbed,
  type APIMessage,
  type APIThreadChannel,
  RESTJSONErrorCodes as Code,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { FindOutcome, Outgoing } from '../outbox/sender.ts';
import type { Destination } from '../store/deliveries.ts';
import type { Requests } from './paced-requests.ts';
import { isRefusal, NotDiscordError } from './trouble.ts';

/** Clocks differ: messages are looked for from so long before an attempt, in milliseconds. */
const SKEW = 60_000;
/** Most messages that one request lists. */
const PAGE = 100;
const PAGES = 10;

/** Looks for what an earlier attempt may have posted. Throws what the requests throw. */
export function createFinder(requests: Requests, channelOf: (destination: Destination) => Promise<string>) {
  return async (outgoing: Outgoing, since: Date): Promise<FindOutcome> => {
    const channel = await channelOf(outgoing.destination);
    const after = SnowflakeUtil.generate({ timestamp: since.getTime() - SKEW, increment: 0n }).toString();
    const messageId =
      outgoing.form === 'forum post'
        ? await findPost(requests, channel, outgoing, after)
        : await findMessage(requests, channel, outgoing, after);
    return messageId === null ? { kind: 'absent' } : { kind: 'found', messageId };
  };
}

async function findMessage(requests: Requests, channel: string, outgoing: Outgoing, from: string) {
  let after = from;
  for (let page = 0; page < PAGES; page += 1) {
    const query = new URLSearchParams({ after, limit: String(PAGE) });
    const messages = await requests.get(Routes.channelMessages(channel), query);
    if (!isList(messages)) throw new NotDiscordError();
    const found = messages.find((message) => isSame(message, outgoing));
    if (found) return found.id;
    const newest = messages[0];
    if (!newest || messages.length < PAGE) break;
    after = newest.id;
  }
  return null;
}

/** Forum posts have no nonce: one counts that is as young, has the same name, and whose first message says the same. */
async function findPost(
  requests: Requests,
  forum: string,
  { payload, nonce }: Extract<Outgoing, { form: 'forum post' }>,
  after: string,
): Promise<string | null> {
  const { guild_id: guild } = (await requests.get(Routes.channel(forum))) as { guild_id?: string };
  if (guild === undefined) throw new NotDiscordError();
  const archived = new URLSearchParams({ limit: String(PAGE) });
  const lists = [
    await requests.get(Routes.guildActiveThreads(guild)),
    await requests.get(Routes.channelThreads(forum, 'public'), archived),
  ];
  const threads = lists.flatMap((list) => (list as { threads?: APIThreadChannel[] }).threads ?? []);
  for (const { id, parent_id: parent, name } of threads) {
    if (parent !== forum || BigInt(id) < BigInt(after) || bare(name ?? '') !== bare(payload.name)) continue;
    const message = await firstMessage(requests, id);
    if (message && isSame(message, { nonce, payload: payload.message })) return id;
  }
  return null;
}

/** The message that a thread began with; `null` when it is gone. */
async function firstMessage(requests: Requests, threadId: string): Promise<APIMessage | null> {
  try {
    return (await requests.get(Routes.channelMessage(threadId, threadId))) as APIMessage;
  } catch (error) {
    if (isRefusal(error, Code.UnknownMessage)) return null;
    throw error;
  }
}

function isList(answer: unknown): answer is APIMessage[] {
  return Array.isArray(answer);
}

/** Whether this is the message. Where Discord does not show the nonce, one of a bot that says the same. */
function isSame(message: APIMessage, { nonce, payload }: { nonce: string; payload: object }): boolean {
  if (message.nonce !== undefined) return message.nonce === nonce;
  const { content = '', embeds = [] } = payload as { content?: string; embeds?: APIEmbed[] };
  return (
    message.author.bot === true && bare(message.content) === bare(content) && said(message.embeds) === said(embeds)
  );
}

function said(embeds: APIEmbed[]): string {
  return bare(JSON.stringify(embeds.map(({ title = '', description = '' }) => [title, description])));
}

/** Discord trims texts. */
function bare(text: string): string {
  return text.replace(/\s+/g, '');
}
