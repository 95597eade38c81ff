import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { newTrace, traced } from '../core/trace.ts';
import { newProcessId } from '../core/process-id.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import { dueDeliveries, type Lease } from '../store/delivery-attempts.ts';
import { SENDER_LEASE, startHolding, TAKEN_OVER_AFTER } from '../store/holding.ts';
import type { Delivering, WriteDraft } from './attempt.ts';
import { deliver } from './deliver.ts';
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
/** A row is another process's for longer than all are, so many times: that one may still wait for the answer to a request. */
const ROW_LEASE = 4 / 3;
/** How long messages under way may take when this process ends, in milliseconds; then they are the next one's business. */
const LAST_MESSAGES = 6000;

export interface OutboxOptions {
  db: Db;
  sender: Sender;
  clock: Clock;
  log: Log;
  /** How those who set something up are told that it goes nowhere. */
  renderNotice: RenderNotice;
  /** How messages are made that were planned as drafts. Default: none is. */
  writeDraft?: WriteDraft;
  /** From 0 to 1. Default: Math.random. */
  random?: () => number;
  /** The id of this process. Default: a new one. */
  owner?: string;
  /** How long a process that died keeps others from sending, in milliseconds. Default: 15,000. */
  takenOverAfter?: number;
  /** How long the text of a message is kept after it was planned, in milliseconds. Default: 30 days. */
  keepMessagesFor?: number;
}

/** `stopped`: nothing is sent any more, since Discord does not know the bot or this process ends. */
export type OutboxState = 'delivers' | 'stands by' | 'stopped';

export interface Outbox {
  state(): OutboxState;
  /** Begins no more messages; resolves when those under way have an answer, or none for six seconds, and another process may send. */
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
  const { db, clock, log, random = Math.random, keepMessagesFor = KEEP_MESSAGES_FOR } = options;
  const { sender, renderNotice, writeDraft = () => Promise.resolve('cannot be made' as const) } = options;
  const { owner = newProcessId(), takenOverAfter = TAKEN_OVER_AFTER } = options;
  const tidy = createTidying({ db, clock, log, renderNotice, keepMessagesFor });
  const delivering: Delivering = { db, sender, clock, random, log, renderNotice, writeDraft, lease };
  const state: State = {
    due: [],
    waitsUntil: 0,
    underWay: new Map(),
    stopping: false,
    waking: new AbortController(),
  };
  const own = { lease: SENDER_LEASE, owner, does: 'delivers messages', takenOverAfter } as const;
  const holding = startHolding({ db, log, clock, ...own }, () => state.waking.abort());

  function lease(): Lease {
    return { owner, until: new Date(clock().getTime() + takenOverAfter * ROW_LEASE) };
  }

  /** Begins everything that is due, as far as there are slots. Returns after how many milliseconds there may be more. */
  async function round(): Promise<number> {
    if (!holding.isHeld()) {
      state.due = [];
      return POLL;
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
    const patience = new AbortController();
    const late = pause(LAST_MESSAGES, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all(state.underWay.values()), late]);
    patience.abort();
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
