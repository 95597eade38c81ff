import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { CHANNEL, type Message } from '../api.ts';
import type { App } from '../app.ts';
import { channelOf, messagesOf, type Waiting } from '../state.ts';
import { forumView } from './forum.ts';
import { icons } from './icons.ts';
import { continues, dateOf, messageView, waitingView } from './message.ts';
import { welcomeView } from './welcome.ts';

type View = TemplateResult | typeof nothing;

/** The open channel's messages, from its beginning to what is on its way. */
export function messagesView(app: App, scrolled: (event: Event) => void): TemplateResult {
  const { state } = app;
  const channel = channelOf(state);
  const messages = messagesOf(state);
  const outgoing = state.waiting.filter(({ kind, channelId }) => kind === 'command' && channelId === state.channelId);
  const label = `Messages in ${channel?.name ?? 'this channel'}`;
  return html`<div class="scroller" id="scroller" role="region" aria-label=${label} tabindex="0" @scroll=${scrolled}>
    <div class="messages" id="messages">
      ${channel === null ? nothing : welcomeView(app, channel)}
      ${channel?.type === CHANNEL.forum ? forumView(app, channel) : nothing}
      ${repeat(
        timeline(messages, outgoing),
        (row) => row.key,
        (row) =>
          row.waiting === null ? rowView(app, row.message, messages[row.index - 1]) : waitingView(app, row.waiting),
      )}
    </div>
  </div>`;
}

type Row =
  | { key: string; at: number; message: Message; index: number; waiting: null }
  | { key: string; at: number; waiting: Waiting };

/** Messages, and among them the commands that wait for an answer or got none, by time. */
function timeline(messages: Message[], outgoing: Waiting[]): Row[] {
  const rows: Row[] = messages.map((message, index) => ({
    key: message.id,
    at: dateOf(message).getTime(),
    message,
    index,
    waiting: null,
  }));
  for (const waiting of outgoing) {
    const at = waiting.at.getTime();
    const later = rows.findIndex((row) => row.at > at);
    rows.splice(later < 0 ? rows.length : later, 0, { key: waiting.nonce, at, waiting });
  }
  return rows;
}

function rowView(app: App, message: Message, before: Message | undefined): View {
  const { state } = app;
  const waiting = state.waiting.find(({ messageId, kind }) => kind === 'press' && messageId === message.id) ?? null;
  // Messages are many and seldom change: each is drawn again only when something that it shows did.
  return html`${guard(
    [message, before, waiting, state.now, state.calls, state.channels, state.roles, state.bot],
    () => {
      const divider = dividerView(app, message, before);
      return html`${divider}${messageView(app, message, divider === nothing && continues(message, before), waiting)}`;
    },
  )}`;
}

function dividerView({ time }: App, message: Message, before: Message | undefined): View {
  const day = dateOf(message);
  if (before !== undefined && time.dayKey(dateOf(before)) === time.dayKey(day)) return nothing;
  return html`<div class="divider" role="separator" aria-label=${time.day(day)}><span>${time.day(day)}</span></div>`;
}

/** Leads down to messages that came while the reader was further up. */
export function jumpView({ state }: App, jump: () => void): View {
  if (state.below === 0) return nothing;
  const count = state.below === 1 ? '1 new message' : `${state.below} new messages`;
  return html`<button class="jump" @click=${jump}>${count} ${icons.down}</button>`;
}
