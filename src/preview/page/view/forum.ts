import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PreviewChannel } from '../../protocol.ts';
import { openChannel } from '../actions.ts';
import type { App } from '../app.ts';
import { summaryOf } from '../receive.ts';
import { messagesOf, type State } from '../state.ts';
import { isNewer } from '../unread.ts';
import { dateOf } from './message.ts';

/** The posts of a forum, the one with the newest message first. */
export function forumView(app: App, forum: PreviewChannel): TemplateResult {
  const posts = threadsOf(app.state, forum);
  if (posts.length === 0) return html`<p class="nothing">No posts yet</p>`;
  return html`<ul class="posts">
    ${posts.map((post) => postView(app, post))}
  </ul>`;
}

/** The threads of a channel, or the posts of a forum, the one with the newest message first. */
export function threadsOf(state: State, parent: PreviewChannel): PreviewChannel[] {
  const newest = (thread: PreviewChannel): string => messagesOf(state, thread.id).at(-1)?.id ?? thread.id;
  return state.channels
    .filter(({ parent_id }) => parent_id === parent.id)
    .sort((a, b) => (isNewer(newest(a), newest(b)) ? -1 : 1));
}

/** The tags of a post. */
export function tagsView({ tags }: PreviewChannel): TemplateResult | typeof nothing {
  if (tags.length === 0) return nothing;
  return html`<span class="tags">${tags.map((tag) => html`<span class="tag">${tag}</span>`)}</span>`;
}

function postView(app: App, post: PreviewChannel): TemplateResult {
  const messages = messagesOf(app.state, post.id);
  const [first, last] = [messages[0], messages.at(-1)];
  const unread = app.state.unread.get(post.id) ?? 0;
  return html`<li>
    <button class="post ${unread > 0 ? 'unread' : ''}" @click=${() => openChannel(app, post.id)}>
      ${tagsView(post)}
      <strong>${post.name}</strong>
      <span class="post-text">${first === undefined ? 'No messages' : summaryOf(first)}</span>
      <small
        >${messages.length === 1 ? '1 message' : `${messages.length} messages`}${
          last === undefined ? nothing : html` · ${app.time.header(dateOf(last), app.state.now)}`
        }${post.archived ? ' · archived' : nothing}${unread > 0 ? html` · <b>${unread} new</b>` : nothing}</small
      >
    </button>
  </li>`;
}
