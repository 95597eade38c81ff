import { FLAGS, hasFlag, type Message } from './api.ts';
import { messagesOf, type State } from './state.ts';

/** Whether a message is newer than another, by their ids, which grow with time. */
export function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

/** Notes that everything in the open channel was on the screen. */
export function markSeen(state: State): void {
  const newest = messagesOf(state).at(-1);
  if (state.channelId === null) return;
  state.unread.delete(state.channelId);
  if (newest !== undefined) state.seen.set(state.channelId, newest.id);
}

/** Counts anew what came to each channel since it was on the screen last; the reader's own answers are no news. */
export function countUnread(state: State): void {
  state.unread = new Map();
  state.seen = new Map([...state.seen].filter(([channelId]) => state.messages.has(channelId)));
  for (const [channelId, messages] of state.messages) {
    const seen = state.seen.get(channelId) ?? '';
    const count = messages.filter((message) => isNewer(message.id, seen) && isNews(message)).length;
    if (count > 0) state.unread.set(channelId, count);
  }
  markSeen(state);
}

/** Whether a message is one that others see too. */
export function isNews(message: Message): boolean {
  return !hasFlag(message, FLAGS.private);
}

/** How many new messages there are in all channels. */
export function totalUnread(state: State): number {
  return [...state.unread.values()].reduce((sum, count) => sum + count, 0);
}
