import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import { holdLease, leaseHolder, releaseLease } from '../store/leases.ts';
import type { Lease } from '../store/delivery-attempts.ts';

/** Only its holder sends. */
export const SENDER_LEASE = 'sender';
/** In milliseconds. */
export const LEASE_FOR = 45_000;

interface HoldingOptions {
  db: Db;
  clock: Clock;
  log: Log;
  /** In milliseconds. */
  leaseFor: number;
}

/** Which of several processes sends. */
export interface Holding {
  /** Whether this one may send now; says in the log when that changes. */
  holds(): Promise<boolean>;
  /** What `holds` said last. */
  isHeld(): boolean;
  /** A fresh lease on a row, for as long as the lease on all. */
  lease(): Lease;
  /** Lets another process send. */
  release(): Promise<void>;
}

export function createHolding({ db, clock, log, leaseFor }: HoldingOptions): Holding {
  // For whoever looks for the process; the end keeps two in two containers apart.
  const owner = `${process.pid} on ${hostname()} (${randomBytes(6).toString('base64url')})`;
  let heldUntil = 0;
  let standsBy = false;

  async function sayStandby(): Promise<void> {
    const holder = await leaseHolder(db, SENDER_LEASE, clock());
    const given = { process: holder?.owner, since: holder?.since, takeoverWithin: leaseFor };
    log.warn(given, 'another process delivers messages; this one stands by and takes over when that one ends');
  }

  return {
    async holds() {
      const now = clock();
      if (heldUntil - now.getTime() > (leaseFor * 2) / 3) return true;
      const until = new Date(now.getTime() + leaseFor);
      const had = heldUntil > 0;
      const has = await holdLease(db, SENDER_LEASE, owner, now, until);
      heldUntil = has ? until.getTime() : 0;
      if (has && !had) log.info({ process: owner }, 'this process delivers messages');
      if (!has && !standsBy) await sayStandby();
      standsBy = !has;
      return has;
    },
    isHeld: () => heldUntil > 0,
    lease: () => ({ owner, until: new Date(clock().getTime() + leaseFor) }),
    release: () =>
      // One that is not given up runs out.
      releaseLease(db, SENDER_LEASE, owner).catch((error: unknown) =>
        log.warn({ err: error }, 'a lease was not given up'),
      ),
  };
}
