import { renderAlert } from '../../discord/render/alert.ts';
import { ownerNotice } from '../../discord/render/owner-notice.ts';
import { createSender } from '../../discord/send.ts';
import { type Outbox, startOutbox } from '../../outbox/worker.ts';
import { enableDestination } from '../../store/disabled-destinations.ts';
import { createAlertWriter } from '../../topics/write-alert.ts';
import { operator } from '../operator.ts';
import type { Running } from './running.ts';

/** Sends what is planned. It needs no gateway, and uses the index only where the process has it for another role. */
export async function openSender({
  id,
  takenOverAfter,
  config,
  roles,
  db,
  clock,
  log,
  place,
  search,
  monitor,
  closers,
}: Running): Promise<Outbox> {
  // Whatever was wrong with the channel may have been mended since.
  if (config.operatorChannel) await enableDestination(db, operator(config.operatorChannel));
  const words = roles.size > 1 ? search : null;
  const sender = createSender(place);
  const outbox = startOutbox({
    db,
    sender: monitor?.metrics.counted(sender) ?? sender,
    owner: id,
    takenOverAfter,
    clock,
    log,
    renderNotice: ownerNotice,
    writeDraft: createAlertWriter({ db, search: words, clock, log, render: renderAlert }),
    keepMessagesFor: config.outboxDays * 24 * 3_600_000,
  });
  closers.push(() => outbox.stop());
  return outbox;
}
