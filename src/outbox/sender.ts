import type { Destination, Failure } from '../store/deliveries.ts';

/** One message to send. */
export interface Outgoing {
  destination: Destination;
  /** The message as Discord's API takes it. */
  payload: Record<string, unknown>;
  /** The same in every attempt. */
  nonce: string;
}

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
export type FindOutcome = { kind: 'found'; messageId: string } | { kind: 'absent' } | Trouble;

/** How messages get to Discord. No function throws. */
export interface Sender {
  /** How many messages may be begun now within Discord's limits. */
  room(): number;
  /** Tries once to post the message; Discord refuses to post a nonce twice within some minutes. */
  send(outgoing: Outgoing): Promise<SendOutcome>;
  /** Looks for the message among those posted since an earlier attempt began. */
  find(outgoing: Outgoing, since: Date): Promise<FindOutcome>;
}
