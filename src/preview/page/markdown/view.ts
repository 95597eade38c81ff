import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { APIUser } from 'discord.js';
import { openChannel, openCommand } from '../actions.ts';
import { displayName } from '../api.ts';
import type { App } from '../app.ts';
import { findCall } from '../commands.ts';
import { roleName } from '../composer/offer.ts';
import { parseMarkdown } from './blocks.ts';
import { parseInline } from './inline.ts';
import type { Block, Inline, ListBlock } from './tree.ts';

type View = TemplateResult | string | typeof nothing;

/** A whole text with Discord's Markdown. `mentions` are the users that the message itself describes. */
export function markdownView(app: App, source: string, mentions: APIUser[] = []): View {
  return html`<div class="markdown">${parseMarkdown(source).map((block) => blockView(app, block, mentions))}</div>`;
}

/** One line of text: titles, names of fields. */
export function inlineMarkdownView(app: App, source: string): View[] {
  return inlinesView(app, parseInline(source), []);
}

function blockView(app: App, block: Block, mentions: APIUser[]): View {
  switch (block.type) {
    case 'code':
      return html`<pre class="code-block" tabindex="0"><code>${block.text}</code></pre>`;
    case 'quote':
      return html`<blockquote>${block.content.map((inner) => blockView(app, inner, mentions))}</blockquote>`;
    case 'list':
      return listView(app, block, mentions);
    case 'heading':
      return html`<div class="heading level-${block.level}" role="heading" aria-level=${block.level + 2}>
        ${inlinesView(app, block.content, mentions)}
      </div>`;
    default:
      return html`<div class=${block.type}>${inlinesView(app, block.content, mentions)}</div>`;
  }
}

function listView(app: App, list: ListBlock, mentions: APIUser[]): View {
  const items = list.items.map(
    ({ content, nested }) =>
      html`<li>
        <span class="item">${inlinesView(app, content, mentions)}</span>
        ${nested.map((inner) => listView(app, inner, mentions))}
      </li>`,
  );
  return list.start === null
    ? html`<ul>
        ${items}
      </ul>`
    : html`<ol start=${list.start}>
        ${items}
      </ol>`;
}

function inlinesView(app: App, nodes: Inline[], mentions: APIUser[]): View[] {
  return nodes.map((node) => inlineView(app, node, mentions));
}

function inlineView(app: App, node: Inline, mentions: APIUser[]): View {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return html`<code class="code">${node.text}</code>`;
    case 'link':
      return html`<a href=${node.url} title=${node.title ?? node.url} target="_blank" rel="noopener noreferrer"
        >${inlinesView(app, node.content, mentions)}</a
      >`;
    case 'time':
      return timeView(app, node.seconds, node.style);
    case 'everyone':
      return html`<span class="mention">${node.text}</span>`;
    case 'channel':
    case 'user':
    case 'role':
      return mentionView(app, node.type, node.id, mentions);
    case 'command':
      return commandView(app, node.path, node.id);
    default:
      return styledView(node.type, inlinesView(app, node.content, mentions));
  }
}

function styledView(type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', content: View[]): View {
  switch (type) {
    case 'bold':
      return html`<strong>${content}</strong>`;
    case 'italic':
      return html`<em>${content}</em>`;
    case 'underline':
      return html`<u>${content}</u>`;
    case 'strike':
      return html`<s>${content}</s>`;
    default:
      return html`<span
        class="spoiler"
        role="button"
        tabindex="0"
        aria-label="Spoiler: press to show"
        @click=${reveal}
        @keydown=${reveal}
        ><span>${content}</span></span
      >`;
  }
}

function reveal(event: Event): void {
  if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
  const spoiler = event.currentTarget as HTMLElement;
  if (spoiler.classList.contains('shown')) return;
  event.preventDefault();
  spoiler.classList.add('shown');
  for (const name of ['role', 'tabindex', 'aria-label']) spoiler.removeAttribute(name);
}

function timeView({ time, state }: App, seconds: number, style: string): View {
  const full = time.styled(seconds, 'F', state.now);
  return html`<time class="stamp" title=${full}>${time.styled(seconds, style, state.now)}</time>`;
}

function mentionView(app: App, type: 'channel' | 'user' | 'role', id: string, mentions: APIUser[]): View {
  const { state } = app;
  if (type === 'channel') {
    const channel = state.channels.find((channel) => channel.id === id);
    if (channel === undefined) return html`<span class="mention">#unknown</span>`;
    return html`<button class="mention" @click=${() => openChannel(app, id)}>#${channel.name}</button>`;
  }
  if (type === 'role') {
    const role = state.roles.find((role) => role.id === id);
    return html`<span class="mention">${roleName(role?.name ?? 'unknown-role')}</span>`;
  }
  const user = [state.user, state.bot, ...state.people, ...mentions].find((user) => user?.id === id);
  return html`<span class="mention">@${user ? displayName(user) : 'unknown-user'}</span>`;
}

function commandView(app: App, path: string, id: string): View {
  if (findCall(app.state.calls, path, id) === null) return html`<span class="mention">/${path}</span>`;
  return html`<button class="mention" @click=${() => openCommand(app, path, id)}>/${path}</button>`;
}
