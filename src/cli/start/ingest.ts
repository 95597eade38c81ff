import { within } from '../../core/within.ts';
import { SCHEDULES_LEASE, startHolding } from '../../store/holding.ts';
import { PARTS_END_WITHIN } from './ending.ts';
import type { Running } from './running.ts';
import { runSchedules } from './schedules.ts';

/**
 * Reads the sources and plans alerts and summaries while no other process does. It needs the index, and no Discord. Two that
 * do so for a moment, since one was suspended, do no harm: digests, catches, posts and deliveries are unique in the database.
 */
export async function openIngest(running: Running): Promise<void> {
  const { db, log, id, takenOverAfter, closers } = running;
  const search = await running.search();
  const ending = new AbortController();
  let tenures: Promise<void> = Promise.resolve();
  const does = 'reads the sources and plans what is told';
  const own = { lease: SCHEDULES_LEASE, owner: id, does, takenOverAfter } as const;
  const holding = startHolding({ db, log, ...own }, (lost) => {
    const over = AbortSignal.any([lost, ending.signal]);
    tenures = tenures.then(() => runSchedules(running, search, over, () => holding.isHeld()));
  });
  closers.push(async () => {
    ending.abort();
    await within(tenures, PARTS_END_WITHIN);
    await holding.release();
  });
}
