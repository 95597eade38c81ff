import type { Destination, Failure, ForumPost, StoredFile } from '../store/deliveries.ts';

/** A message of a bot that is there, and can be changed. */
export interface Posted {
  messageId: string;
  /** Whether it is the first one of a forum post, whose thread has the same id. */
  inForumPost: boolean;
}

/** What is to be sent. */
export type Outgoing = {
  destination: Destination;
  /** The same in every attempt. */
  nonce: string;
} & (
  | { form: 'message' | 'announcement'; payload: Record<string, unknown>; files: readonly StoredFile[] }
  | { form: 'forum post'; payload: ForumPost; files: readonly StoredFile[] }
  /** The payload takes the place of what was posted. */
  | { form: 'edit'; payload: Record<string, unknown>; posted: Posted }
);

/** Why a request did not succeed. */
export type Trouble =
  /** Asked to wait so many milliseconds; it has not arrived. `everywhere`: no other request is welcome either. */
  | { kind: 'wait'; milliseconds: number; everywhere: boolean }
  /** It may have arrived or not: no answer, or one that says nothing. */
  | { kind: 'unsure'; failure: Failure }
  /** This message is refused, another may pass. */
  | { kind: 'refused'; failure: Failure }
  /** Nothing can be sent to this destination any more. */
  | { kind: 'closed'; failure: Failure }
  /** Discord does not know the bot: nothing can be sent at all. */
  | { kind: 'unauthorized'; failure: Failure };

export type SendOutcome = { kind: 'sent'; messageId: string } | Trouble;
export type PublishOutcome = { kind: 'published' } | Trouble;
export type FindOutcome = { kind: 'found'; messageId: string } | { kind: 'absent' } | Trouble;

/** How messages get to Discord. No function throws. */
export interface Sender {
  /** How many messages may be begun now, or in a moment, within Discord's limits. */
  room(): number;
  /** Tries once to post or to change. Discord refuses to post a nonce twice within some minutes, except in a forum. */
  send(outgoing: Outgoing): Promise<SendOutcome>;
  /** Tries once to publish what was posted in an announcement channel; that it was published before is fine. */
  publish(destination: Destination, messageId: string): Promise<PublishOutcome>;
  /** Looks for the message or the forum post among those made since an earlier attempt began. */
  find(outgoing: Outgoing, since: Date): Promise<FindOutcome>;
}
