import { html, type TemplateResult } from 'lit/html.js';
import type { PreviewChannel } from '../../protocol.ts';
import { openChannel } from '../actions.ts';
import type { App } from '../app.ts';
import { summaryOf } from '../receive.ts';
import { messagesOf } from '../state.ts';

/** The posts of a forum, newest first. */
export function forumView(app: App, forum: PreviewChannel): TemplateResult {
  const posts = app.state.channels.filter((channel) => channel.parent_id === forum.id).reverse();
  if (posts.length === 0) return html`<p class="nothing">No posts yet</p>`;
  return html`<ul class="posts">
    ${posts.map((post) => postView(app, post))}
  </ul>`;
}

function postView(app: App, post: PreviewChannel): TemplateResult {
  const messages = messagesOf(app.state, post.id);
  const first = messages[0];
  return html`<li>
    <button class="post" @click=${() => openChannel(app, post.id)}>
      <strong>${post.name}</strong>
      <span>${first === undefined ? 'No messages' : summaryOf(first)}</span>
      <small>${messages.length === 1 ? '1 message' : `${messages.length} messages`}</small>
    </button>
  </li>`;
}
