import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { PreviewChannel, PreviewRole, PreviewUser, ToPage } from '../protocol.ts';
import { CHANNEL, CONTEXT, type Message } from './api.ts';
import type { Call } from './commands.ts';
import type { Fill } from './composer/fill.ts';

/** What stands in the composer of a channel: plain text, or a call being filled in. */
export interface Draft {
  text: string;
  fill: Fill | null;
}

/** The open part of the composer: which field has the focus, and what its list shows. */
export interface Combo {
  /** `text` for the plain field, `+` for adding an option, else an option as `option:NAME`; `null` without focus. */
  slot: string | null;
  /** The highlighted item; -1 for none. */
  active: number;
  /** Closed by Escape until something is typed. */
  closed: boolean;
  /** What was typed to find an optional option. */
  more: string;
  /** The newest question for suggestions, and its answer (`null` while it is on its way). */
  asked: { nonce: string; choices: { name: string; value: string | number }[] | null } | null;
  /** Shows what is wrong with the entries, after a try to send. */
  showProblems: boolean;
  hint: string | null;
}

/** Something sent that was not answered yet, or that failed (then with the reason). */
export interface Waiting {
  nonce: string;
  kind: 'command' | 'press' | 'submit';
  channelId: string;
  /** The message whose component was used. */
  messageId: string | null;
  customId: string | null;
  /** The command as text. */
  text: string;
  failure: string | null;
  at: Date;
}

export interface OpenModal {
  modal: APIModalInteractionResponseCallbackData;
  channelId: string;
  messageId: string | null;
  nonce: string | null;
  failure: string | null;
}

export type Refusal = Extract<ToPage, { type: 'refused' }> & { key: number; at: Date };

export interface State {
  connection: 'connecting' | 'open' | 'lost';
  user: PreviewUser | null;
  bot: PreviewUser | null;
  guild: { id: string; name: string } | null;
  /** Everybody in the server. */
  people: PreviewUser[];
  roles: PreviewRole[];
  botOnline: boolean;
  channels: PreviewChannel[];
  calls: Call[];
  channelId: string | null;
  /** By channel id, oldest first. */
  messages: Map<string, Message[]>;
  /** The newest message that was on the screen, by channel id. */
  seen: Map<string, string>;
  /** How many messages came since, by channel id. */
  unread: Map<string, number>;
  drafts: Map<string, Draft>;
  /** The last command sent, for arrow-up. */
  last: Fill | null;
  combo: Combo;
  waiting: Waiting[];
  modal: OpenModal | null;
  refusals: Refusal[];
  /** Messages that came below the visible part. */
  below: number;
  /** For screen readers. */
  announcement: string;
  drawerOpen: boolean;
  theme: 'dark' | 'light';
  /** Moves on so that relative times stay true. */
  now: Date;
}

export function createState(now: Date): State {
  return {
    connection: 'connecting',
    user: null,
    bot: null,
    guild: null,
    people: [],
    roles: [],
    botOnline: false,
    channels: [],
    calls: [],
    channelId: null,
    messages: new Map(),
    seen: new Map(),
    unread: new Map(),
    drafts: new Map(),
    last: null,
    combo: closedCombo(null),
    waiting: [],
    modal: null,
    refusals: [],
    below: 0,
    announcement: '',
    drawerOpen: false,
    theme: 'dark',
    now,
  };
}

/** The composer's list as it is when `slot` receives the focus. */
export function closedCombo(slot: string | null): Combo {
  return { slot, active: -1, closed: false, more: '', asked: null, showProblems: false, hint: null };
}

export const EMPTY_DRAFT: Draft = { text: '', fill: null };

export function draftOf(state: State): Draft {
  return state.drafts.get(state.channelId ?? '') ?? EMPTY_DRAFT;
}

export function channelOf(state: State): PreviewChannel | null {
  return state.channels.find((channel) => channel.id === state.channelId) ?? null;
}

/** What can be typed in the open channel. */
export function callsHere(state: State): Call[] {
  const isDirect = channelOf(state)?.type === CHANNEL.directMessages;
  const here = isDirect ? CONTEXT.directMessages : CONTEXT.server;
  return state.calls.filter(({ contexts }) => contexts?.includes(here) ?? true);
}

/** Whether commands can be sent here: a forum itself takes posts only. */
export function canSend(state: State): boolean {
  const channel = channelOf(state);
  return channel !== null && channel.type !== CHANNEL.forum;
}

export function messagesOf(state: State, channelId = state.channelId): Message[] {
  return state.messages.get(channelId ?? '') ?? [];
}

export function botName(state: State): string {
  return state.bot?.global_name ?? state.bot?.username ?? 'The bot';
}
