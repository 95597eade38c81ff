import { html, nothing, type TemplateResult } from 'lit/html.js';
import { dismissFailure, dismissMessage } from '../actions.ts';
import { causeOf, displayName, FLAGS, hasFlag, type Message } from '../api.ts';
import type { App } from '../app.ts';
import { markdownView } from '../markdown/view.ts';
import { botName, messagesOf, type Waiting } from '../state.ts';
import { avatarView } from './avatar.ts';
import { componentsView } from './components.ts';
import { embedView } from './embed.ts';
import { icons } from './icons.ts';
import { attachmentsView } from './media.ts';
import { summaryOf } from '../receive.ts';

type View = TemplateResult | typeof nothing;

/** Minutes within which messages of one author stand together. */
const TOGETHER = 7;

/** Whether a message goes on under the name of the one before. */
export function continues(message: Message, before: Message | undefined): boolean {
  if (before === undefined || causeOf(message) !== null || message.message_reference !== undefined) return false;
  if (before.author?.id !== message.author?.id) return false;
  if (hasFlag(before, FLAGS.private) !== hasFlag(message, FLAGS.private)) return false;
  return dateOf(message).getTime() - dateOf(before).getTime() < TOGETHER * 60_000;
}

export function dateOf(message: Message): Date {
  return new Date(message.timestamp ?? 0);
}

/** One message; `waiting` is what the reader pressed on it last, until it was answered. */
export function messageView(app: App, message: Message, joined: boolean, waiting: Waiting | null): TemplateResult {
  const isPrivate = hasFlag(message, FLAGS.private);
  const isCalled = mentionsReader(app, message);
  return html`<article
    class="message ${joined ? 'joined' : ''} ${isPrivate ? 'private' : ''} ${isCalled ? 'called' : ''}"
    aria-label="${authorName(app, message)}, ${app.time.header(dateOf(message), app.state.now)}"
  >
    ${causeView(app, message)} ${joined ? sideTimeView(app, message) : avatarOf(app, message)}
    <div class="message-body">
      ${joined ? nothing : headerView(app, message)}
      ${hasFlag(message, FLAGS.loading) ? thinkingView(app) : contentView(app, message, waiting)}
      ${waiting?.failure ? failureView(app, waiting) : nothing} ${isPrivate ? privateView(app, message) : nothing}
    </div>
  </article>`;
}

/** Whether the message notifies the reader, by name or by a role. */
function mentionsReader({ state }: App, message: Message): boolean {
  const { mentions = [], mention_roles = [], mention_everyone = false } = message;
  const roles = state.roles.filter(({ own }) => own).map(({ id }) => id);
  const isNamed = mentions.some(({ id }) => id === state.user?.id) || mention_roles.some((id) => roles.includes(id));
  return isNamed || mention_everyone;
}

function authorName(app: App, message: Message): string {
  return message.author === undefined ? botName(app.state) : displayName(message.author);
}

function avatarOf(app: App, message: Message): View {
  const author = message.author ?? app.state.bot;
  return author ? avatarView(author) : nothing;
}

function sideTimeView(app: App, message: Message): View {
  return html`<time class="side-time">${app.time.clock(dateOf(message))}</time>`;
}

function headerView(app: App, message: Message): View {
  const isBot = message.author?.bot ?? true;
  return html`<header class="message-header">
    <span class="author">${authorName(app, message)}</span>
    ${isBot ? html`<span class="badge" title="An application">APP</span>` : nothing}
    <time
      datetime=${dateOf(message).toISOString()}
      title=${app.time.styled(dateOf(message).getTime() / 1000, 'F', app.state.now)}
      >${app.time.header(dateOf(message), app.state.now)}</time
    >
  </header>`;
}

/** What the message answers: a command, or another message. */
function causeView(app: App, message: Message): View {
  const cause = causeOf(message);
  if (cause !== null && cause.command !== null) {
    const name = cause.user.id === app.state.user?.id ? 'You' : displayName(cause.user);
    return html`<div class="cause">
      ${avatarView({ ...cause.user, bot: cause.user.bot ?? false }, 'tiny')}<span class="cause-name">${name}</span> used
      <span class="cause-command">/${cause.command}</span>
    </div>`;
  }
  const original = messagesOf(app.state).find(({ id }) => id === message.message_reference?.message_id);
  if (original === undefined) return nothing;
  return html`<div class="cause">
    <span class="cause-name">${authorName(app, original)}</span> <span class="cause-text">${summaryOf(original)}</span>
  </div>`;
}

function contentView(app: App, message: Message, waiting: Waiting | null): View {
  const { content, attachments = [], edited_timestamp: edited } = message;
  const embeds = hasFlag(message, FLAGS.noEmbeds) ? [] : (message.embeds ?? []);
  const mark = edited
    ? html`<span class="edited" title=${app.time.header(new Date(edited), app.state.now)}>(edited)</span>`
    : nothing;
  const published = hasFlag(message, FLAGS.published)
    ? html`<p class="published" title="Sent on to the servers that follow this channel">
        ${icons.announcements}<span>Published</span>
      </p>`
    : nothing;
  return html`${content ? html`<div class="content">${markdownView(app, content, message.mentions)}</div>` : nothing}
  ${attachmentsView(attachments)} ${embeds.map((embed) => embedView(app, embed))}
  ${componentsView(app, message, waiting)} ${mark} ${published}`;
}

function thinkingView({ state }: App): View {
  return html`<p class="thinking">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${botName(state)} is thinking…
  </p>`;
}

function failureView(app: App, waiting: Waiting): View {
  return html`<p class="failure">
    ${icons.warning}<span>This interaction failed <small>${waiting.failure}</small></span>
    <button class="text-button" @click=${() => dismissFailure(app, waiting.nonce)}>Dismiss</button>
  </p>`;
}

function privateView(app: App, message: Message): View {
  return html`<p class="private-note">
    ${icons.eye}<span>Only you can see this</span> ·
    <button class="text-button" @click=${() => dismissMessage(app, message)}>Dismiss message</button>
  </p>`;
}

/** A command on its way, or one that got no answer. */
export function waitingView(app: App, waiting: Waiting): TemplateResult {
  const { user } = app.state;
  return html`<article class="message outgoing">
    ${user ? avatarView(user) : nothing}
    <div class="message-body">
      <header class="message-header"><span class="author">${user ? displayName(user) : 'You'}</span></header>
      <p class="sent-command">${waiting.text}</p>
      ${
        waiting.failure === null
          ? html`<p class="thinking">
              <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>Sending…
            </p>`
          : html`<p class="failure">
              ${icons.warning}<span>${waiting.failure}</span>
              <button class="text-button" @click=${() => dismissFailure(app, waiting.nonce)}>Dismiss</button>
            </p>`
      }
    </div>
  </article>`;
}
