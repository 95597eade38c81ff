import { roleMention } from 'discord.js';
import type { ForumPost } from '../../store/deliveries.ts';
import type { Alert } from '../../topics/alert.ts';
import type { Reply } from '../command.ts';
import { LIMITS } from '../fit.ts';
import { plain } from '../markdown.ts';
import { type Message, newMessage } from '../message.ts';
import { label } from '../text.ts';
import { type AlertAction, alertId, type AlertKeys } from './alert-keys.ts';
import { COLOURS } from './colours.ts';
import { button, row } from './components.ts';
import { count } from './count.ts';
import { type Item, openSelect, paperList } from './list.ts';
import { listed } from './topic-words.ts';

/** As many as fit into an embed at their longest; fewer where each says for which topics it comes. */
const SHOWN = 8;
const SHOWN_WITH_TOPICS = 6;
/** https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
const THREAD_NAME = 100;

/** The message that tells a destination of papers its topics caught, as Discord's API takes it. */
export function renderAlert(alert: Alert): Message | ForumPost {
  const message = messageOf(alert);
  return alert.form === 'forum post' ? { name: threadName(alert), message } : message;
}

/** Only the roles that were chosen are mentioned, whatever a title says. */
function messageOf(alert: Alert): Message {
  const { message } = newMessage(replyOf(alert), false);
  return { ...message, allowed_mentions: { parse: [], roles: [...new Set(alert.mentionRoleIds)] } };
}

function replyOf(alert: Alert): Reply {
  const shown = alert.papers.slice(0, alert.topics.length > 1 ? SHOWN_WITH_TOPICS : SHOWN);
  const left = alert.papers.length - shown.length + alert.more;
  const rest = left > 0 ? `\n\n-# ${count(left, 'more paper')} did not fit here. Press *Show all*.` : '';
  const list = paperList(
    shown.map((caught) => itemOf(caught, alert)),
    1,
    LIMITS.description - rest.length,
  );
  const mentions = [...new Set(alert.mentionRoleIds)].map(roleMention).join(' ');
  const select = openSelect(
    shown.map(({ paper }) => paper),
    1,
  );
  const keys = { topicIds: alert.topics.map(({ id }) => id), paperIds: shown.map(({ paper }) => paper.id) };
  return {
    ...(mentions ? { content: mentions } : {}),
    embeds: [{ color: COLOURS.papers, title: plain(heading(alert), LIMITS.title), description: `${list}${rest}` }],
    components: [...(select ? [select] : []), row(...buttons(keys, left > 0))],
  };
}

/** Where an alert has several topics, each paper says for which of them it comes. */
function itemOf({ paper, titleSpans, snippet, topicIds }: Alert['papers'][number], { topics }: Alert): Item {
  const names = topics.filter(({ id }) => topicIds.includes(id)).map(({ name }) => name);
  return { paper, titleSpans, snippet, ...(topics.length > 1 ? { note: `for ${listed(names)}` } : {}) };
}

function heading(alert: Alert): string {
  const papers = alert.papers.length + alert.more;
  const topics = alert.topics.map(({ name }) => name);
  return `${papers === 1 ? 'New paper' : `${papers.toLocaleString('en')} new papers`} for ${listed(topics)}`;
}

function buttons(keys: AlertKeys, hasMore: boolean) {
  const one = (action: AlertAction, text: string) => button(alertId(action, keys), text);
  return [
    one('why', 'Why'),
    one('save', 'Save'),
    one('less', 'Less of this'),
    one('pause', 'Pause'),
    ...(hasMore ? [one('all', 'Show all')] : []),
  ];
}

function threadName(alert: Alert): string {
  const [first, ...others] = alert.papers;
  const title = first && others.length === 0 && alert.more === 0 ? first.paper.title : heading(alert);
  return label(title, THREAD_NAME) || 'New papers';
}
