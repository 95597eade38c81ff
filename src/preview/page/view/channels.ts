import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PreviewChannel } from '../../protocol.ts';
import { openChannel } from '../actions.ts';
import { CHANNEL, displayName, THREADS } from '../api.ts';
import type { App } from '../app.ts';
import { kindOf } from '../composer/offer.ts';
import { botName, type State } from '../state.ts';
import { avatarView } from './avatar.ts';
import { threadsOf } from './forum.ts';
import { icons } from './icons.ts';

type View = TemplateResult | typeof nothing;

/** Server, channels, direct messages and the reader's own panel; on a phone it slides in. */
export function sidebarView(app: App, toggleTheme: () => void): View {
  const { state } = app;
  const direct = state.channels.filter((channel) => channel.type === CHANNEL.directMessages);
  const top = state.channels.filter((channel) => channel.type !== CHANNEL.directMessages && !isChild(state, channel));
  return html`<nav class="sidebar ${state.drawerOpen ? 'open' : ''}" id="sidebar" aria-label="Channels">
    <div class="guild">
      <img class="avatar small" src="icon.svg" alt="" /><strong>${state.guild?.name ?? 'Paperboy'}</strong>
    </div>
    <div class="channel-lists">${listView(app, 'Channels', top)} ${listView(app, 'Direct messages', direct)}</div>
    ${userView(app, toggleTheme)}
  </nav>`;
}

function isChild(state: State, channel: PreviewChannel): boolean {
  return channel.parent_id !== null && state.channels.some(({ id }) => id === channel.parent_id);
}

function listView(app: App, title: string, channels: PreviewChannel[]): View {
  if (channels.length === 0) return nothing;
  const id = `list-${title.replaceAll(' ', '-').toLowerCase()}`;
  return html`<h2 id=${id}>${title}</h2>
    <ul aria-labelledby=${id}>
      ${channels.map((channel) => branchView(app, channel))}
    </ul>`;
}

/** How many threads of a channel are listed under it; a forum itself shows the others. */
const THREADS_LISTED = 5;

function branchView(app: App, channel: PreviewChannel): View {
  const threads = listedThreads(app.state, channel);
  return html`<li>
    ${channelView(app, channel)}
    ${
      threads.length === 0
        ? nothing
        : html`<ul class="threads" aria-label="Threads of ${channel.name}">
            ${threads.map((thread) => html`<li>${channelView(app, thread)}</li>`)}
          </ul>`
    }
  </li>`;
}

/** The newest, and whatever is open or has news. */
function listedThreads(state: State, channel: PreviewChannel): PreviewChannel[] {
  const open = threadsOf(state, channel).filter(({ id, archived }) => !archived || id === state.channelId);
  return open.filter(({ id }, index) => index < THREADS_LISTED || id === state.channelId || state.unread.has(id));
}

function channelView(app: App, channel: PreviewChannel): View {
  const { state } = app;
  const unread = state.unread.get(channel.id) ?? 0;
  const isOpen = channel.id === state.channelId;
  const isDirect = channel.type === CHANNEL.directMessages;
  return html`<button
    class="channel ${isOpen ? 'open' : ''} ${unread > 0 ? 'unread' : ''}"
    id="channel-${channel.id}"
    aria-current=${isOpen ? 'page' : nothing}
    @click=${() => openChannel(app, channel.id)}
  >
    ${isDirect ? presenceView(app) : channelIcon(channel)}
    <span class="channel-name"
      >${isDirect ? botName(state) : channel.name}<span class="hidden">, ${kindOf(channel)}</span></span
    >
    ${unread > 0 ? html`<span class="count">${unread}<span class="hidden"> new</span></span>` : nothing}
  </button>`;
}

function presenceView({ state }: App): View {
  if (state.bot === null) return nothing;
  return html`<span class="presence ${state.botOnline ? 'online' : ''}">${avatarView(state.bot, 'small')}</span>`;
}

/** The sign before a channel's name. */
export function channelIcon(channel: PreviewChannel): TemplateResult {
  switch (channel.type) {
    case CHANNEL.directMessages:
      return icons.person;
    case CHANNEL.announcements:
      return icons.announcements;
    case CHANNEL.forum:
      return icons.forum;
    default:
      return THREADS.includes(channel.type) ? icons.thread : icons.text;
  }
}

function userView({ state }: App, toggleTheme: () => void): View {
  const other = state.theme === 'dark' ? 'light' : 'dark';
  return html`<div class="user">
    ${
      state.user === null
        ? html`<span class="user-name">Not connected</span>`
        : html`${avatarView(state.user, 'small')}
            <span class="user-name">${displayName(state.user)}<small>${state.user.username}</small></span>`
    }
    <button
      class="icon-button"
      aria-label="Switch to ${other} colours"
      title="Switch to ${other} colours"
      @click=${toggleTheme}
    >
      ${state.theme === 'dark' ? icons.sun : icons.moon}
    </button>
  </div>`;
}
