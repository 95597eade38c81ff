import { renderAlert } from '../../discord/render/alert.ts';
import { ownerNotice } from '../../discord/render/owner-notice.ts';
import { createSender } from '../../discord/send.ts';
import { type Outbox, startOutbox } from '../../outbox/worker.ts';
import { enableDestination } from '../../store/disabled-destinations.ts';
import { createAlertWriter } from '../../topics/write-alert.ts';
import { operator } from '../operator.ts';
import type { Running } from './running.ts';

/** Sends what is planned. It needs neither the gateway nor the index. */
export async function openSender({ id, config, db, clock, log, place, closers }: Running): Promise<Outbox> {
  // Whatever was wrong with the channel may have been mended since.
  if (config.operatorChannel) await enableDestination(db, operator(config.operatorChannel));
  const words = roles.size > 1 ? search : null;
  const outbox = startOutbox({
    db,
    sender: createSender(place),
    owner: id,
    clock,
    log,
    renderNotice: ownerNotice,
    writeDraft: createAlertWriter({ db, search: words, clock: systemClock, log, render: renderAlert }),
    keepMessagesFor: config.outboxDays * 24 * 3_600_000,
  });
  closers.push(() => outbox.stop());
  return outbox;
}
