import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import {
  beginAgain,
  failDelivery,
  type Lease,
  markSent,
  type Postponed,
  postponeDelivery,
  takeDelivery,
} from '../store/delivery-attempts.ts';
import { disableDestination } from '../store/disabled-destinations.ts';
import { backoff } from './backoff.ts';
import type { Outgoing, Sender, SendOutcome, Trouble } from './sender.ts';

/** How long we rely on Discord to know a nonce, in milliseconds; it promises "the past few minutes". */
const NONCE_HELD = 60_000;

export interface Delivering {
  db: Db;
  sender: Sender;
  clock: Clock;
  random: () => number;
  log: Log;
  /** A fresh lease on a row. */
  lease: () => Lease;
}

/** What one delivery says about the others: wait so many milliseconds, or stop. */
export type Verdict = { kind: 'go on' } | { kind: 'wait'; milliseconds: number } | { kind: 'stop' };

const GO_ON: Verdict = { kind: 'go on' };

/** One try to send a delivery. */
interface Attempt {
  delivery: Delivery;
  owner: string;
  begunAt: Date;
  /** Since when an earlier attempt may have arrived; `null`: none has. */
  unsureBefore: Date | null;
}

/** Sends one delivery that is due, unless another process is faster, and records what became of it. */
export async function deliver(world: Delivering, delivery: Delivery): Promise<Verdict> {
  const { db, log, clock } = world;
  const lease = world.lease();
  const attempt = { delivery, owner: lease.owner, begunAt: clock(), unsureBefore: delivery.unsureSince };
  if (!(await takeDelivery(db, delivery.id, lease, attempt.begunAt))) return GO_ON;
  const outcome = await send(world, attempt);
  if (outcome === null) return GO_ON;
  if (outcome.kind !== 'sent') return settle(world, attempt, outcome);
  await markSent(db, delivery.id, outcome.messageId, clock());
  const { id, subject, destination } = delivery;
  log.debug({ delivery: id, subject, destination, message: outcome.messageId }, 'delivered');
  return GO_ON;
}

/** `null`: another process has taken it over. */
async function send(world: Delivering, attempt: Attempt): Promise<SendOutcome | null> {
  const { clock, db, sender, lease } = world;
  const outgoing = outgoingOf(attempt.delivery);
  if (!outgoing) return { kind: 'refused', failure: { code: 'payload', words: 'What is stored is no message.' } };
  const since = attempt.unsureBefore;
  if (since && clock().getTime() - since.getTime() >= NONCE_HELD) {
    const finding = await sender.find(outgoing, since);
    if (finding.kind === 'found') return { kind: 'sent', messageId: finding.messageId };
    if (finding.kind !== 'absent') return finding;
    attempt.begunAt = clock();
    attempt.unsureBefore = null;
    if (!(await beginAgain(db, attempt.delivery.id, lease(), attempt.begunAt))) return null;
  }
  return sender.send(outgoing);
}

function outgoingOf({ destination, payloadJson, nonce }: Delivery): Outgoing | null {
  try {
    const payload: unknown = JSON.parse(payloadJson);
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
    return { destination, nonce, payload: payload as Record<string, unknown> };
  } catch {
    return null;
  }
}

/** Records why an attempt did not succeed. */
async function settle(world: Delivering, attempt: Attempt, trouble: Trouble): Promise<Verdict> {
  const { db, log, clock, random } = world;
  const { delivery, owner, begunAt, unsureBefore: unsureSince } = attempt;
  const { id, destination, subject } = delivery;
  const now = clock();
  const attempts = delivery.attempts + 1;
  const about = { delivery: id, destination, subject };
  const postpone = (milliseconds: number, changed: Partial<Postponed>) => {
    const nextAttemptAt = new Date(now.getTime() + milliseconds);
    const { failure } = delivery;
    return postponeDelivery(db, id, owner, { nextAttemptAt, attempts, unsureSince, failure, ...changed });
  };
  switch (trouble.kind) {
    case 'wait': {
      const { milliseconds, everywhere } = trouble;
      await postpone(milliseconds, { attempts: delivery.attempts });
      log.debug({ ...about, milliseconds, everywhere }, 'Discord asks to wait');
      return everywhere ? { kind: 'wait', milliseconds } : GO_ON;
    }
    case 'unsure': {
      const { failure } = trouble;
      const milliseconds = backoff(attempts, random);
      await postpone(milliseconds, { unsureSince: unsureSince ?? begunAt, failure });
      log.warn(
        { ...about, attempts, failure, milliseconds },
        'it is not known whether a message arrived; it is tried again',
      );
      return GO_ON;
    }
    case 'refused': {
      const { failure } = trouble;
      await failDelivery(db, id, owner, failure);
      log.error({ ...about, failure }, 'a message is given up');
      return GO_ON;
    }
    case 'closed': {
      const { failure } = trouble;
      await postpone(0, { failure });
      const isNews = await disableDestination(db, destination, failure, now);
      if (isNews) log.error({ destination, failure }, 'nothing can be sent to a destination any more; it is disabled');
      return GO_ON;
    }
    default: {
      await postpone(0, { failure: trouble.failure });
      return { kind: 'stop' };
    }
  }
}
