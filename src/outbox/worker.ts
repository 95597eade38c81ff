import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import { dueDeliveries, failOldDeliveries } from '../store/delivery-attempts.ts';
import { holdLease, releaseLease } from '../store/leases.ts';
import { deliver, type Delivering } from './deliver.ts';
import type { Sender } from './sender.ts';

/** Only its holder sends. */
const LEASE = 'sender';
/** Messages under way at once; each goes to another destination. */
const SLOTS = 50;
/** In milliseconds. */
const LEASE_FOR = 45_000;
/** How often it is looked for what other processes planned, in milliseconds. */
const POLL = 250;
/** How often it is looked for room within Discord's limits, in milliseconds. */
const ROOM_POLL = 10;
/** How often it is looked for what became too old, in milliseconds. */
const TIDYING = 60_000;
/** What could not be delivered for so long is given up, in milliseconds: papers of three days ago are no news. */
const GREATEST_AGE = 3 * 24 * 3_600_000;
const TOO_OLD = 'It could not be delivered for three days.';

export interface OutboxOptions {
  db: Db;
  sender: Sender;
  clock: Clock;
  log: Log;
  /** From 0 to 1. Default: Math.random. */
  random?: () => number;
  /** How long a process that died keeps others from sending, in milliseconds; more than a request takes. Default: 45,000. */
  leaseFor?: number;
}

export interface Outbox {
  /** Begins no more messages; resolves when those under way have an answer and another process may send. */
  stop(): Promise<void>;
}

interface State {
  owner: string;
  /** Until when this process sends; 0: another one does. */
  heldUntil: number;
  /** Whether the log says that another process sends. */
  standsBy: boolean;
  /** Nothing is sent before. */
  waitsUntil: number;
  tidiedAt: number;
  underWay: Set<Promise<void>>;
  stopping: boolean;
  /** Aborted when there may be something to do. */
  waking: AbortController;
}

/** Sends what is planned, from now on, while no other process does. Failures are logged, never thrown. */
export function startOutbox(options: OutboxOptions): Outbox {
  const state: State = {
    owner: randomUUID(),
    heldUntil: 0,
    standsBy: false,
    waitsUntil: 0,
    tidiedAt: 0,
    underWay: new Set(),
    stopping: false,
    waking: new AbortController(),
  };
  const running = run(options, state);
  return {
    stop() {
      stop(state);
      return running;
    },
  };
}

function stop(state: State): void {
  state.stopping = true;
  state.waking.abort();
}

async function run(options: OutboxOptions, state: State): Promise<void> {
  const { db, log, clock, sender } = options;
  while (!state.stopping) {
    state.waking = new AbortController();
    try {
      await round(options, state);
    } catch (error) {
      log.error({ err: error }, 'the outbox failed; it goes on');
    }
    if (state.stopping) break;
    const asked = state.waitsUntil - clock().getTime();
    const next = asked > 0 ? Math.min(asked, POLL) : sender.room() === 0 ? ROOM_POLL : POLL;
    await pause(next, undefined, { signal: state.waking.signal }).catch(() => {});
  }
  await Promise.all(state.underWay);
  // One that is not given up runs out.
  await releaseLease(db, LEASE, state.owner).catch((error: unknown) =>
    log.warn({ err: error }, 'a lease was not given up'),
  );
}

/** Begins everything that is due, as far as there are slots. */
async function round(options: OutboxOptions, state: State): Promise<void> {
  const { db, clock, sender } = options;
  if (!(await holds(options, state))) return;
  await tidy(options, state);
  const free = Math.min(SLOTS - state.underWay.size, sender.room());
  if (free === 0 || state.waitsUntil > clock().getTime()) return;
  const due = await dueDeliveries(db, clock(), free);
  for (const delivery of state.stopping ? [] : due) {
    const attempt = begin(options, state, delivery).finally(() => {
      state.underWay.delete(attempt);
      state.waking.abort();
    });
    state.underWay.add(attempt);
  }
}

/** Whether this process may send; says in the log when that changes. */
async function holds({ db, clock, log, leaseFor = LEASE_FOR }: OutboxOptions, state: State): Promise<boolean> {
  const now = clock();
  if (state.heldUntil - now.getTime() > (leaseFor * 2) / 3) return true;
  const until = new Date(now.getTime() + leaseFor);
  const had = state.heldUntil > 0;
  const has = await holdLease(db, LEASE, state.owner, now, until);
  state.heldUntil = has ? until.getTime() : 0;
  if (has && !had) log.info('this process delivers messages');
  if (!has && !state.standsBy) log.warn('another process delivers messages; this one stands by until that one ends');
  state.standsBy = !has;
  return has;
}

/** Gives up what has become too old. */
async function tidy({ db, clock, log }: OutboxOptions, state: State): Promise<void> {
  const now = clock().getTime();
  if (now - state.tidiedAt < TIDYING) return;
  state.tidiedAt = now;
  const old = await failOldDeliveries(db, new Date(now - GREATEST_AGE), new Date(now), TOO_OLD);
  for (const { id, destination, subject, failure } of old) {
    log.error({ delivery: id, destination, subject, failure }, 'a message is given up: it is too old');
  }
}

async function begin(options: OutboxOptions, state: State, delivery: Delivery): Promise<void> {
  const { db, sender, clock, log, random = Math.random, leaseFor = LEASE_FOR } = options;
  const lease = () => ({ owner: state.owner, until: new Date(clock().getTime() + leaseFor) });
  const world: Delivering = { db, sender, clock, log, random, lease };
  try {
    const verdict = await deliver(world, delivery);
    if (verdict.kind === 'wait') {
      state.waitsUntil = Math.max(state.waitsUntil, clock().getTime() + verdict.milliseconds);
    }
    if (verdict.kind === 'stop' && !state.stopping) {
      log.error('Discord refuses the token of the bot: nothing is sent until it is mended and Paperboy starts again');
      stop(state);
    }
  } catch (error) {
    log.error({ err: error, delivery: delivery.id }, 'a delivery failed here; it is tried again in a while');
  }
}
