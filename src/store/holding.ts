import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { systemClock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from './database.ts';
import { findLease, holdLease, type Lease, releaseLease } from './leases.ts';

/** Only its holder sends. */
export const SENDER_LEASE = 'sender';
/** Only its holder reads the sources, and plans alerts and summaries. */
export const SCHEDULES_LEASE = 'schedules';

/** A holder that shows no sign of life for so long is taken for dead, in milliseconds; one that ends is followed at once. */
export const TAKEN_OVER_AFTER = 15_000;
/** Of that time, how much lies between two signs of life, and between two looks of one that stands by. */
const [BEAT, LOOK] = [1 / 5, 1 / 15];
/** How long after the last sign of life another process has taken over, in milliseconds. */
export const TAKEN_OVER_WITHIN = TAKEN_OVER_AFTER * (1 + LOOK);
/** For how much of that time a holder may act on a sign of life: the rest is what clocks and a busy machine may need. */
const TRUST = 2 / 3;

export interface HoldingOptions {
  db: Db;
  log: Log;
  lease: typeof SENDER_LEASE | typeof SCHEDULES_LEASE;
  /** The id of this process, which no other has. */
  owner: string;
  /** What the holder does, for the log: `delivers messages`. */
  does: string;
  /** In milliseconds. Default: 15,000. */
  takenOverAfter?: number;
  /** Default: the system's. It shows when this machine slept, which its other clock does not. */
  clock?: Clock;
}

/** Which of several processes does something. */
export interface Holding {
  /** Whether this one may act now. False also in a holder that could show no sign of life for a while, or was suspended. */
  isHeld(): boolean;
  /** Lets another process act, at once. Resolves when it may, or that cannot be said. */
  release(): Promise<void>;
}

/**
 * Holds a lease from now on whenever no other process does, and says in the log when that changes. A holder shows signs of
 * life; one that stands by takes over when it has seen the same one for `takenOverAfter` by its own watch. So nothing depends
 * on clocks of several hosts being right. `onHeld` is called each time when this process begins to hold it, with a signal for
 * when it does no longer.
 */
export function startHolding(options: HoldingOptions, onHeld: (lost: AbortSignal) => void = () => {}): Holding {
  const { db, log, lease: name, owner, does, takenOverAfter = TAKEN_OVER_AFTER, clock = systemClock } = options;
  const ending = new AbortController();
  let held: { since: Reading; lost: AbortController } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let seen: (Lease & { at: number }) | null = null;
  let standsBy = false;

  const read = (): Reading => ({ watch: performance.now(), clock: clock().getTime() });
  const isHeld = () => held !== null && elapsed(held.since, read()) < takenOverAfter * TRUST;

  async function step(): Promise<void> {
    const since = read();
    if (await holdLease(db, name, owner, takenOverAfter, await silent())) keep(since);
    else standBy();
  }

  /** The holder, if it has shown no sign of life for so long; who asks has to hold the lease as it was then. */
  async function silent(): Promise<Lease | null> {
    const found = held ? null : await findLease(db, name);
    if (!found) return null;
    const now = performance.now();
    if (seen?.owner !== found.owner || seen.beats !== found.beats) seen = { ...found, at: now };
    return now - seen.at >= takenOverAfter ? found : null;
  }

  function keep(since: Reading): void {
    clearTimeout(timer);
    timer = setTimeout(lose, takenOverAfter * TRUST);
    if (held) {
      held.since = since;
      return;
    }
    held = { since, lost: new AbortController() };
    [seen, standsBy] = [null, false];
    log.info({ process: owner }, `this process ${does}`);
    onHeld(held.lost.signal);
  }

  function lose(): void {
    clearTimeout(timer);
    if (!held) return;
    held.lost.abort();
    held = null;
    if (!ending.signal.aborted) log.warn({ lease: name }, `this process no longer ${does}`);
  }

  function standBy(): void {
    lose();
    if (standsBy || !seen) return;
    standsBy = true;
    const given = { process: seen.owner, since: seen.since, takenOverAfter };
    log.warn(given, `another process ${does}; this one stands by and takes over when that one ends`);
  }

  async function work(): Promise<void> {
    while (!ending.signal.aborted) {
      await step().catch((error: unknown) =>
        log.warn({ err: error, lease: name }, 'a lease could not be looked after'),
      );
      const milliseconds = takenOverAfter * (held ? BEAT : LOOK);
      await pause(milliseconds, undefined, { signal: ending.signal }).catch(() => {});
    }
    lose();
    // One that is not given up runs out.
    await releaseLease(db, name, owner).catch((error: unknown) => log.warn({ err: error }, 'a lease was not given up'));
  }

  const working = work();
  return {
    isHeld,
    release() {
      ending.abort();
      return working;
    },
  };
}

/** A moment by both clocks of this machine, in milliseconds. */
interface Reading {
  /** Never set, but on some machines it stands still while they sleep. */
  watch: number;
  clock: number;
}

function elapsed(from: Reading, to: Reading): number {
  return Math.max(to.watch - from.watch, to.clock - from.clock);
}
