import type { FromPage } from '../protocol.ts';
import type { State } from './state.ts';
import type { TimeFormat } from './time/format.ts';

/** What every part of the page gets: what is, and how to change it. */
export interface App {
  state: State;
  time: TimeFormat;
  /** Draws the page anew, soon. */
  update(): void;
  /** Moves the keyboard to the element with this id once the page is drawn. */
  focus(id: string): void;
  /** Shows the newest message once the page is drawn. */
  scrollDown(): void;
  /** Returns whether it could be sent. */
  send(message: FromPage): boolean;
}

let nonces = 0;

/** A name for something sent, by which its answer is known; unique across reloads. */
export function nextNonce(): string {
  nonces += 1;
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}.${nonces}`;
}
