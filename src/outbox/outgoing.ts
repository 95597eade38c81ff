import type { Db } from '../store/database.ts';
import type { Delivery, ForumPost, StoredFile } from '../store/deliveries.ts';
import { postedBy } from '../store/delivery-attempts.ts';
import type { Outgoing, Trouble } from './sender.ts';

/** What a delivery is to send, or why there is nothing. */
export async function outgoingOf(db: Db, delivery: Delivery): Promise<Outgoing | Trouble> {
  const { destination, nonce, form, editsId } = delivery;
  const stored = readObject(delivery.payloadJson);
  if (!stored) return refused('payload', 'What is stored is no message.');
  const { files: given, ...payload } = stored;
  const files = (given ?? []) as StoredFile[];
  if (form === 'forum post') {
    if (!isForumPost(payload)) return refused('payload', 'What is stored is no forum post.');
    return { form, destination, nonce, payload, files };
  }
  if (form !== 'edit') return { form, destination, nonce, payload, files };
  const post = editsId === null ? null : await postedBy(db, editsId);
  if (!post) return refused('not posted', 'The message that it changes was never sent.');
  const posted = { messageId: post.messageId, inForumPost: post.form === 'forum post' };
  return { form, destination, nonce, payload, posted };
}

function refused(code: string, words: string): Trouble {
  return { kind: 'refused', failure: { code, words } };
}

/** An object of JSON text, or `null`. */
export function readObject(json: string): Record<string, unknown> | null {
  try {
    const payload: unknown = JSON.parse(json);
    const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
    return isObject ? (payload as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isForumPost(payload: object): payload is ForumPost {
  const { name, message } = payload as Partial<ForumPost>;
  return typeof name === 'string' && typeof message === 'object' && message !== null;
}
