import type { Failure } from '../store/deliveries.ts';
import { failDelivery, type Postponed, postponeDelivery } from '../store/delivery-attempts.ts';
import { write } from '../store/write.ts';
import type { Attempt, Delivering, Verdict } from './attempt.ts';
import { backoff } from './backoff.ts';
import { closeDestination, noticeGivenUp } from './owner-notices.ts';
import type { Trouble } from './sender.ts';

/** Records why an attempt did not succeed. */
export async function settle(world: Delivering, attempt: Attempt, trouble: Trouble): Promise<Verdict> {
  const { log } = world;
  const { delivery } = attempt;
  const about = { delivery: delivery.id, destination: delivery.destination, subject: delivery.subject };
  switch (trouble.kind) {
    case 'wait': {
      const { milliseconds, everywhere } = trouble;
      await postpone(world, attempt, milliseconds, { attempts: delivery.attempts });
      log.debug({ ...about, milliseconds, everywhere }, 'a message waits');
      return everywhere ? { wait: milliseconds } : 'go on';
    }
    case 'unsure': {
      const { failure } = trouble;
      const attempts = delivery.attempts + 1;
      const milliseconds = backoff(attempts, world.random);
      const unsureSince = attempt.isHarmless ? null : (attempt.unsureBefore ?? attempt.begunAt);
      await postpone(world, attempt, milliseconds, { unsureSince, failure });
      log.warn(
        { ...about, attempts, failure, milliseconds },
        'it is not known whether a message arrived; it is tried again',
      );
      return 'go on';
    }
    case 'refused':
      return giveUp(world, attempt, trouble.failure);
    case 'closed':
      // The next message tells whether a destination is closed or only the one that an edit is for.
      return delivery.form === 'edit'
        ? giveUp(world, attempt, trouble.failure)
        : close(world, attempt, trouble.failure);
    default:
      await postpone(world, attempt, 0, { failure: trouble.failure });
      return 'stop';
  }
}

async function postpone(
  { db, clock }: Delivering,
  { delivery, owner, unsureBefore: unsureSince }: Attempt,
  milliseconds: number,
  changed: Partial<Postponed>,
): Promise<void> {
  const nextAttemptAt = new Date(clock().getTime() + milliseconds);
  const { failure } = delivery;
  const attempts = delivery.attempts + 1;
  await postponeDelivery(db, delivery.id, owner, { nextAttemptAt, attempts, unsureSince, failure, ...changed });
}

async function giveUp(world: Delivering, { delivery, owner }: Attempt, failure: Failure): Promise<Verdict> {
  const { db, log, clock, renderNotice } = world;
  const { id, destination, subject } = delivery;
  const told = await write(db, async (trx) => {
    await failDelivery(trx, id, owner, failure);
    return delivery.form === 'edit' ? 0 : noticeGivenUp(trx, delivery, failure, renderNotice, clock());
  });
  log.error({ delivery: id, destination, subject, failure, told }, 'a message is given up');
  return 'go on';
}

/** The message stays planned: it is sent when somebody enables the destination again. */
async function close(world: Delivering, attempt: Attempt, failure: Failure): Promise<Verdict> {
  const { db, clock, log, renderNotice } = world;
  const { destination } = attempt.delivery;
  const told = await write(db, async (trx) => {
    await postpone({ ...world, db: trx }, attempt, 0, { failure });
    return closeDestination(trx, destination, failure, renderNotice, clock());
  });
  if (told !== null) {
    log.error({ destination, failure, told }, 'nothing can be sent to a destination any more; it is disabled');
  }
  return 'go on';
}
