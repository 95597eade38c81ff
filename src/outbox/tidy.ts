import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Db } from '../store/database.ts';
import type { Delivery } from '../store/deliveries.ts';
import { dropPayloads, failOldDeliveries } from '../store/delivery-attempts.ts';
import { findDisabled } from '../store/disabled-destinations.ts';
import { noticeGivenUp, type RenderNotice } from './owner-notices.ts';

/** How often, in milliseconds. */
const TIDYING = 60_000;
/** In each of which a thousand texts are dropped. */
const STEPS = 20;
/** What could not be delivered for so long is given up, in milliseconds: papers of three days ago are no news. */
const GREATEST_AGE = 3 * 24 * 3_600_000;
const TOO_OLD = { code: 'too old', words: 'It could not be delivered for three days.' };
/** In milliseconds. */
export const KEEP_MESSAGES_FOR = 30 * 24 * 3_600_000;

interface TidyingOptions {
  db: Db;
  clock: Clock;
  log: Log;
  renderNotice: RenderNotice;
  /** In milliseconds. */
  keepMessagesFor: number;
}

/** A function that, once a minute, gives up what has become too old and drops the texts of what went out long ago. */
export function createTidying(options: TidyingOptions): () => Promise<void> {
  const { db, clock, keepMessagesFor } = options;
  let tidiedAt = -Infinity;
  let droppedTo = 0;
  return async () => {
    const now = clock().getTime();
    if (now - tidiedAt < TIDYING) return;
    tidiedAt = now;
    const old = await failOldDeliveries(db, new Date(now - GREATEST_AGE), new Date(now), TOO_OLD);
    for (const delivery of old) await sayTooOld(options, delivery);
    for (let step = 0; step < STEPS; step += 1) {
      const last = await dropPayloads(db, new Date(now - keepMessagesFor), droppedTo);
      if (last === droppedTo) break;
      droppedTo = last;
      await breathe();
    }
  };
}

/** Of a destination that is closed its owners know. */
async function sayTooOld({ db, clock, log, renderNotice }: TidyingOptions, delivery: Delivery): Promise<void> {
  const { id, destination, subject, failure, form } = delivery;
  const about = { delivery: id, destination, subject, failure };
  if (await findDisabled(db, destination)) {
    log.debug(about, 'a message is given up: its destination was closed for too long');
    return;
  }
  const told = form === 'edit' ? 0 : await noticeGivenUp(db, delivery, TOO_OLD, renderNotice, clock());
  log.error({ ...about, told }, 'a message is given up: it is too old');
}
