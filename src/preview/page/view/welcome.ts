import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PreviewChannel } from '../../protocol.ts';
import { CHANNEL } from '../api.ts';
import type { App } from '../app.ts';
import { sendExample } from '../composer/edit.ts';
import { examples } from '../examples.ts';
import { botName, callsHere, canSend } from '../state.ts';
import { channelIcon } from './channels.ts';
import { tagsView } from './forum.ts';

/** How a channel begins: what it is, and some commands to press. */
export function welcomeView(app: App, channel: PreviewChannel): TemplateResult {
  return html`<section class="welcome" aria-label="About this channel">
    <div class="welcome-icon">${channelIcon(channel)}</div>
    <h2>${titleOf(app, channel)}</h2>
    ${tagsView(channel)}
    <p>${textOf(app, channel)}</p>
    ${canSend(app.state) ? examplesView(app) : nothing}
  </section>`;
}

function titleOf({ state }: App, channel: PreviewChannel): string {
  if (channel.type === CHANNEL.directMessages) return botName(state);
  return channel.type === CHANNEL.text ? `Welcome to #${channel.name}` : channel.name;
}

function textOf({ state }: App, channel: PreviewChannel): string {
  const name = botName(state);
  switch (channel.type) {
    case CHANNEL.directMessages:
      return `Here you and ${name} are among yourselves. Commands work as in the server.`;
    case CHANNEL.forum:
      return 'A forum: every post is a thread of its own. Open one to type commands in it.';
    case CHANNEL.announcements:
      return `The beginning of this announcement channel. Type / to see what ${name} can do, or press one of these:`;
    case CHANNEL.text:
      return `This Discord runs on your own machine. Type / to see what ${name} can do, or press one of these:`;
    default:
      return `The beginning of this thread. Type / to see what ${name} can do, or press one of these:`;
  }
}

function examplesView(app: App): TemplateResult | typeof nothing {
  const list = examples(callsHere(app.state));
  if (list.length === 0) return nothing;
  return html`<div class="examples">
    ${list.map(({ text, fill }) => html`<button class="example" @click=${() => sendExample(app, fill)}>${text}</button>`)}
  </div>`;
}
