import { systemClock } from '../../core/clock.ts';
import type { DiscordOptions } from '../../discord/client.ts';
import { nextRunOf } from '../../schedule.ts';
import { countUnreadable } from '../../sources/inbox.ts';
import type { Outbox } from '../../outbox/worker.ts';
import type { Running } from './running.ts';

/** What commands may use, over the gateway and over HTTP alike. `outbox`: that of this process, where it has one. */
export async function commandServices(running: Running, outbox: Outbox | null): Promise<DiscordOptions['services']> {
  const { config, db, log } = running;
  return {
    db,
    search: await running.search(),
    clock: systemClock,
    log,
    timezone: config.timezone,
    quotas: config.quotas,
    nextIngestion: () => nextRunOf(config.ingestCron, config.timezone),
    unreadableFiles: () => countUnreadable(config.inbox),
    outboxState: () => outbox?.state() ?? 'stands by',
  };
}
