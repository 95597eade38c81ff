import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { forgetStatesBefore } from '../../store/button-states.ts';
import { forgetCatchesBefore } from '../../store/catches.ts';
import type { Db } from '../../store/database.ts';
import { forgetDepartedGuilds } from '../../store/departed-guilds.ts';
import { dropDocumentsBefore } from '../../store/digests.ts';
import { forgetFetchesBefore } from '../../store/fetches.ts';
import { forgetIngestionsBefore } from '../../store/ingestions.ts';
import { forgetDeliveriesBefore } from '../../store/old-deliveries.ts';
import { forgetReadingsBefore } from '../../store/readings.ts';
import { forgetEditionsBefore } from '../../store/summary-posts.ts';
import { forgetUnreadableBefore } from '../../store/unreadable-documents.ts';

const A_DAY = 24 * 3_600_000;
/** How long the buttons of a message work, in days: half a year. A pressed one works as long again. */
const BUTTONS_KEPT = 183;
/** Of passes over the sources the last one is asked for alone; the others are for whoever looks into the database. In days. */
const INGESTIONS_KEPT = 30;
/** An address that was not read for so long is as a new one. In days. */
const FETCHES_KEPT = 183;

/** That a message went out keeps its subject from coming again, which nobody plans any more after a year. In days. */
const DELIVERIES_KEPT = 400;
/** What a paper had in votes and comments, by the hour. In days. */
const READINGS_KEPT = 183;

interface ForgettingOptions {
  db: Db;
  clock: Clock;
  log: Log;
  rawDays: Config['rawDays'];
  signal: AbortSignal;
}

/** A function that forgets, at most once a day, what nobody asks for any more. */
export function createForgetting({ db, clock, log, rawDays, signal }: ForgettingOptions): () => Promise<void> {
  let forgotAt = -Infinity;
  return async () => {
    const now = clock();
    if (now.getTime() - forgotAt < A_DAY) return;
    forgotAt = now.getTime();
    const before = (days: number) => new Date(now.getTime() - days * A_DAY);
    await forgetStatesBefore(db, before(BUTTONS_KEPT));
    await forgetCatchesBefore(db, before(BUTTONS_KEPT), signal);
    await forgetDeliveriesBefore(db, before(DELIVERIES_KEPT), signal);
    await forgetReadingsBefore(db, before(READINGS_KEPT), signal);
    await forgetEditionsBefore(db, before(BUTTONS_KEPT));
    await forgetDepartedGuilds(db, now);
    await forgetIngestionsBefore(db, before(INGESTIONS_KEPT));
    await forgetFetchesBefore(db, before(FETCHES_KEPT));
    if (rawDays === null) return;
    await forgetUnreadableBefore(db, before(rawDays));
    const dropped = await dropDocumentsBefore(db, before(rawDays), signal);
    if (dropped > 0) log.info({ dropped, rawDays }, 'documents of old digests were dropped');
  };
}
