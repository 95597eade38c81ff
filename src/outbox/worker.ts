import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { newTrace, traced } from '../core/trace.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import { dueDeliveries } from '../store/delivery-attempts.ts';
import type { Delivering } from './attempt.ts';
import { deliver } from './deliver.ts';
import { createHolding, LEASE_FOR } from './holding.ts';
import type { RenderNotice } from './owner-notices.ts';
import type { Sender } from './sender.ts';
import { createTidying, KEEP_MESSAGES_FOR } from './tidy.ts';

/** Messages under way at once; each goes to another destination. */
const SLOTS = 50;
/** Deliveries that are read from the store at a time: they take a few seconds at Discord's pace. */
const BATCH = 200;
/** How often it is looked for what other processes planned, in milliseconds. */
const POLL = 250;
/** How often it is looked for room within Discord's limits, in milliseconds. */
const ROOM_POLL = 10;
/** How often one that stands by looks whether the other has ended: so many times while a lease lasts. */
const STANDBY_POLLS = 30;

export interface OutboxOptions {
  db: Db;
  sender: Sender;
  clock: Clock;
  log: Log;
  /** How those who set something up are told that it goes nowhere. */
  renderNotice: RenderNotice;
  /** From 0 to 1. Default: Math.random. */
  random?: () => number;
  /** How long a process that died keeps others from sending, in milliseconds; more than a request takes. Default: 45,000. */
  leaseFor?: number;
  /** How long the text of a message is kept after it was planned, in milliseconds. Default: 30 days. */
  keepMessagesFor?: number;
}

/** `stopped`: nothing is sent any more, since Discord does not know the bot or this process ends. */
export type OutboxState = 'delivers' | 'stands by' | 'stopped';

export interface Outbox {
  state(): OutboxState;
  /** Begins no more messages; resolves when those under way have an answer and another process may send. */
  stop(): Promise<void>;
}

interface State {
  /** What is due, as it was when it was read; each for another destination. */
  due: Delivery[];
  /** Nothing is sent before. */
  waitsUntil: number;
  /** By the number of the delivery. */
  underWay: Map<number, Promise<void>>;
  stopping: boolean;
  /** Aborted when there may be something to do. */
  waking: AbortController;
}

/** Sends what is planned, from now on, while no other process does. Failures are logged, never thrown. */
export function startOutbox(options: OutboxOptions): Outbox {
  const { db, clock, log, random = Math.random, leaseFor = LEASE_FOR, keepMessagesFor = KEEP_MESSAGES_FOR } = options;
  const { sender, renderNotice } = options;
  const holding = createHolding({ db, clock, log, leaseFor });
  const tidy = createTidying({ db, clock, log, renderNotice, keepMessagesFor });
  const delivering: Delivering = { db, sender, clock, random, log, renderNotice, lease: () => holding.lease() };
  const state: State = {
    due: [],
    waitsUntil: 0,
    underWay: new Map(),
    stopping: false,
    waking: new AbortController(),
  };

  /** Begins everything that is due, as far as there are slots. Returns after how many milliseconds there may be more. */
  async function round(): Promise<number> {
    if (!(await holding.holds())) {
      state.due = [];
      return leaseFor / STANDBY_POLLS;
    }
    await tidy();
    const asked = state.waitsUntil - clock().getTime();
    if (asked > 0) return Math.min(asked, POLL);
    const free = Math.min(SLOTS - state.underWay.size, sender.room());
    if (free > 0 && state.due.length === 0) state.due = await readDue();
    for (const delivery of state.stopping ? [] : state.due.splice(0, free)) begin(delivery);
    return state.due.length > 0 || sender.room() === 0 ? ROOM_POLL : POLL;
  }

  /** What takes longer than its lease is due again, but not here. */
  async function readDue(): Promise<Delivery[]> {
    return (await dueDeliveries(db, clock(), BATCH)).filter(({ id }) => !state.underWay.has(id));
  }

  function begin(delivery: Delivery): void {
    const attempt = traced(delivery.trace ?? newTrace(), () => run(delivery)).finally(() => {
      state.underWay.delete(delivery.id);
      state.waking.abort();
    });
    state.underWay.set(delivery.id, attempt);
  }

  async function run(delivery: Delivery): Promise<void> {
    try {
      const verdict = await deliver(delivering, delivery);
      if (verdict === 'stop') refuseAll();
      else if (verdict !== 'go on') state.waitsUntil = Math.max(state.waitsUntil, clock().getTime() + verdict.wait);
    } catch (error) {
      log.error({ err: error, delivery: delivery.id }, 'a delivery failed here; it is tried again in a while');
    }
  }

  function refuseAll(): void {
    if (state.stopping) return;
    log.error('Discord refuses the token of the bot: nothing is sent until it is mended and Paperboy starts again');
    stop();
  }

  function stop(): void {
    state.stopping = true;
    state.waking.abort();
  }

  async function work(): Promise<void> {
    while (!state.stopping) {
      state.waking = new AbortController();
      const next = await round().catch((error: unknown) => {
        log.error({ err: error }, 'the outbox failed; it goes on');
        return POLL;
      });
      if (!state.stopping) await pause(next, undefined, { signal: state.waking.signal }).catch(() => {});
    }
    await Promise.all(state.underWay.values());
    await holding.release();
  }

  const working = work();
  return {
    state: () => (state.stopping ? 'stopped' : holding.isHeld() ? 'delivers' : 'stands by'),
    stop() {
      stop();
      return working;
    },
  };
}
