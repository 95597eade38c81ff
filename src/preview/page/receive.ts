import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { ApiObject, ToPage } from '../protocol.ts';
import { displayName, FLAGS, hasFlag, type Message } from './api.ts';
import { listCalls } from './commands.ts';
import { fillText, rebind } from './composer/fill.ts';
import { parseMarkdown } from './markdown/blocks.ts';
import { plainText } from './markdown/tree.ts';
import { readable } from './refusal.ts';
import { botName, type State, type Waiting } from './state.ts';
import { countUnread, isNews, markSeen } from './unread.ts';

/** Older ones are forgotten. */
const MOST_REFUSALS = 49;

const LOST = 'The connection was lost before an answer came';

/** Takes in what the server said. */
export function receive(state: State, message: ToPage, now: Date): void {
  switch (message.type) {
    case 'hello':
      return receiveHello(state, message);
    case 'commands':
      return receiveCommands(state, message.commands);
    case 'roles':
      state.roles = message.roles;
      return;
    case 'channels':
      return receiveChannels(state, message.channels);
    case 'bot':
      state.botOnline = message.online;
      return;
    case 'message':
      return receiveMessage(state, message.channelId, message.message as unknown as Message);
    case 'deleted':
      return removeMessage(state, message.channelId, message.messageId);
    case 'choices':
      if (state.combo.asked?.nonce === message.nonce) {
        state.combo = { ...state.combo, asked: { nonce: message.nonce, choices: message.choices } };
      }
      return;
    case 'modal':
      return receiveModal(state, message);
    case 'done':
      return receiveDone(state, message.nonce);
    case 'failed':
      return receiveFailure(state, message.nonce, readable(message.reason));
    case 'refused':
      state.refusals = [
        ...state.refusals.slice(-MOST_REFUSALS),
        { ...message, key: (state.refusals.at(-1)?.key ?? 0) + 1, at: now },
      ];
      state.announcement = `Discord would refuse what the bot sent: ${message.message}`;
  }
}

function receiveHello(state: State, hello: Extract<ToPage, { type: 'hello' }>): void {
  if (state.connection === 'lost') state.announcement = 'Connected again';
  state.connection = 'open';
  state.user = hello.user;
  state.bot = hello.bot;
  state.guild = hello.guild;
  state.people = hello.people;
  state.roles = hello.roles;
  state.botOnline = hello.botOnline;
  receiveCommands(state, hello.commands);
  state.messages = new Map(Object.entries(hello.messages as unknown as Record<string, Message[]>));
  receiveChannels(state, hello.channels);
  countUnread(state);
}

/** Half-filled drafts go on with the new declarations. */
function receiveCommands(state: State, commands: ApiObject[]): void {
  state.calls = listCalls(commands);
  for (const [channelId, draft] of state.drafts) {
    if (draft.fill === null) continue;
    const fill = rebind(draft.fill, state.calls);
    state.drafts.set(channelId, { text: fill === null ? fillText(draft.fill) : '', fill });
  }
}

function receiveChannels(state: State, channels: State['channels']): void {
  state.channels = channels;
  if (channels.some((channel) => channel.id === state.channelId)) return;
  state.channelId = channels[0]?.id ?? null;
}

function receiveMessage(state: State, channelId: string, message: Message): void {
  const old = state.messages.get(channelId) ?? [];
  const index = old.findIndex(({ id }) => id === message.id);
  const isNew = index < 0;
  state.messages.set(channelId, isNew ? [...old, message] : old.with(index, message));
  if (isNew && channelId !== state.channelId && isNews(message)) {
    state.unread.set(channelId, (state.unread.get(channelId) ?? 0) + 1);
  }
  if (channelId === state.channelId) markSeen(state);
  announce(state, channelId, message);
}

function announce(state: State, channelId: string, message: Message): void {
  if (hasFlag(message, FLAGS.loading)) return;
  const channel = state.channels.find(({ id }) => id === channelId);
  const author = message.author === undefined ? botName(state) : displayName(message.author);
  state.announcement =
    channelId === state.channelId
      ? `${author}: ${summaryOf(message)}`
      : `New message of ${author} in ${channel?.name ?? 'another channel'}`;
}

/** The message in at most 300 characters of plain text. */
export function summaryOf(message: Message): string {
  const parts = [message.content, ...(message.embeds ?? []).flatMap(({ title, description }) => [title, description])];
  const text = parts.map((part) => plainText(parseMarkdown(part ?? ''))).filter((part) => part !== '');
  return text.join('. ').slice(0, 300) || `${(message.attachments ?? []).length} attachments`;
}

function removeMessage(state: State, channelId: string, messageId: string): void {
  const old = state.messages.get(channelId) ?? [];
  state.messages.set(
    channelId,
    old.filter(({ id }) => id !== messageId),
  );
}

function receiveModal(state: State, answer: Extract<ToPage, { type: 'modal' }>): void {
  const waiting = state.waiting.find(({ nonce }) => nonce === answer.nonce);
  receiveDone(state, answer.nonce);
  state.modal = {
    modal: answer.modal as unknown as APIModalInteractionResponseCallbackData,
    channelId: waiting?.channelId ?? state.channelId ?? '',
    messageId: answer.messageId,
    nonce: null,
    failure: null,
  };
}

function receiveDone(state: State, nonce: string): void {
  state.waiting = state.waiting.filter((waiting) => waiting.nonce !== nonce);
  if (state.modal?.nonce === nonce) state.modal = null;
}

function receiveFailure(state: State, nonce: string, reason: string): void {
  if (state.combo.asked?.nonce === nonce) {
    state.combo = { ...state.combo, asked: { nonce, choices: [] }, hint: 'Loading suggestions failed' };
    return;
  }
  state.waiting = state.waiting.map((waiting) => (waiting.nonce === nonce ? { ...waiting, failure: reason } : waiting));
  if (state.modal?.nonce === nonce) state.modal = { ...state.modal, nonce: null, failure: reason };
  state.announcement = reason;
}

/** What was on its way when the connection broke will not be answered. */
export function loseConnection(state: State): void {
  if (state.connection === 'open') state.announcement = 'The connection is lost; trying again';
  state.connection = state.connection === 'connecting' ? 'connecting' : 'lost';
  state.botOnline = false;
  state.waiting = state.waiting.map((waiting): Waiting => ({ ...waiting, failure: waiting.failure ?? LOST }));
  if (state.modal?.nonce) state.modal = { ...state.modal, nonce: null, failure: LOST };
}
