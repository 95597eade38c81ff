import type { DiscordOptions } from '../../discord/client.ts';
import { nextRunOf } from '../../schedule.ts';
import { countUnreadable } from '../../sources/inbox.ts';
import type { Outbox } from '../../outbox/worker.ts';
import { SCHEDULES_LEASE } from '../../store/holding.ts';
import { leaseHolder } from '../../store/leases.ts';
import type { Running } from './running.ts';

/** What commands may use, over the gateway and over HTTP alike. `outbox`: that of this process, where it has one. */
export async function commandServices(running: Running, outbox: Outbox | null): Promise<DiscordOptions['services']> {
  const { config, db, clock, log } = running;
  return {
    db,
    search: await running.search(),
    clock,
    log,
    timezone: config.timezone,
    quotas: config.quotas,
    nextIngestion: async () => {
      const isHeld = (await leaseHolder(db, SCHEDULES_LEASE)) !== null;
      return isHeld ? nextRunOf(config.ingestCron, config.timezone) : null;
    },
    unreadableFiles: () => countUnreadable(config.inbox),
    outboxState: () => outbox?.state() ?? 'elsewhere',
  };
}
