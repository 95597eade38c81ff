import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { Lease } from '../store/delivery-attempts.ts';
import type { RenderNotice } from './owner-notices.ts';
import type { Sender } from './sender.ts';

/**
 * Makes the message of a draft, in the form of its delivery. `nothing left`: what it was to tell is gone, and nobody misses it.
 * What it throws is passed on: it is tried again.
 */
export type WriteDraft = (
  draft: object,
  delivery: Pick<Delivery, 'destination' | 'form'>,
) => Promise<object | 'nothing left' | 'cannot be made'>;

export interface Delivering {
  db: Db;
  sender: Sender;
  clock: Clock;
  random: () => number;
  log: Log;
  renderNotice: RenderNotice;
  writeDraft: WriteDraft;
  /** A fresh lease on a row. */
  lease: () => Lease;
}

/** One try to send a delivery. */
export interface Attempt {
  delivery: Delivery;
  owner: string;
  begunAt: Date;
  /** Since when an earlier attempt may have arrived; `null`: none has. */
  unsureBefore: Date | null;
  /** Whether doing it twice does no harm. */
  isHarmless: boolean;
}

/** What one delivery says about the others: go on, wait so many milliseconds, or stop. */
export type Verdict = 'go on' | { wait: number } | 'stop';
