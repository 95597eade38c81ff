import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PreviewChannel } from '../../protocol.ts';
import { openChannel } from '../actions.ts';
import type { App } from '../app.ts';
import { CHANNEL } from '../api.ts';
import { composerView } from '../composer/view.ts';
import { botName, channelOf } from '../state.ts';
import { totalUnread } from '../unread.ts';
import { connectionView, refusalsView } from './banners.ts';
import { channelIcon, sidebarView } from './channels.ts';
import { icons } from './icons.ts';
import { jumpView, messagesView } from './messages.ts';
import { modalView } from './modal.ts';

/** What the page's own controls do. */
export interface Controls {
  toggleTheme: () => void;
  toggleDrawer: (open: boolean) => void;
  scrolled: (event: Event) => void;
  jump: () => void;
}

export function pageView(app: App, controls: Controls): TemplateResult {
  const { state } = app;
  return html`<div class="page" ?data-ready=${state.connection === 'open'}>
      ${sidebarView(app, controls.toggleTheme)}
      ${state.drawerOpen ? html`<div class="shade" @click=${() => controls.toggleDrawer(false)}></div>` : nothing}
      <main class="chat" ?inert=${state.drawerOpen}>
        ${headerView(app, controls)} ${connectionView(app)} ${refusalsView(app)} ${messagesView(app, controls.scrolled)}
        <div class="foot">${jumpView(app, controls.jump)} ${composerView(app)}</div>
      </main>
    </div>
    ${modalView(app)}
    <p class="hidden" role="status" aria-live="polite">${state.announcement}</p>`;
}

function headerView(app: App, controls: Controls): TemplateResult {
  const { state } = app;
  const channel = channelOf(state);
  const unread = totalUnread(state);
  const isDirect = channel?.type === CHANNEL.directMessages;
  return html`<header class="chat-header">
    <button
      id="drawer-button"
      class="icon-button drawer-button"
      aria-label=${unread > 0 ? `Channels, ${unread} new messages` : 'Channels'}
      aria-expanded=${state.drawerOpen}
      aria-controls="sidebar"
      @click=${() => controls.toggleDrawer(true)}
    >
      ${icons.menu}${unread > 0 ? html`<span class="dot"></span>` : nothing}
    </button>
    ${parentView(app, channel)} ${channel === null ? nothing : channelIcon(channel)}
    <h1>${isDirect ? botName(state) : (channel?.name ?? 'Paperboy')}</h1>
    ${channel?.topic ? html`<p class="topic" title=${channel.topic}>${channel.topic}</p>` : nothing}
  </header>`;
}

/** The way from a thread back to its channel. */
function parentView(app: App, channel: PreviewChannel | null): TemplateResult | typeof nothing {
  const parent = app.state.channels.find(({ id }) => id === channel?.parent_id);
  if (parent === undefined) return nothing;
  return html`<button class="parent" @click=${() => openChannel(app, parent.id)}>
    ${channelIcon(parent)}<span>${parent.name}</span>
  </button>`;
}
