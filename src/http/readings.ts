import type { Clock } from '../core/clock.ts';
import { createShortMemory } from '../discord/short-memory.ts';
import { within } from '../core/within.ts';
import type { Db } from '../store/database.ts';
import { SCHEDULES_LEASE, SENDER_LEASE } from '../store/holding.ts';
import { leaseHolder } from '../store/leases.ts';
import { type OpenDeliveries, openDeliveries } from '../store/open-deliveries.ts';
import { newestSequence } from '../store/papers.ts';
import { sourceReport, type SourceReport } from '../store/source-states.ts';

/** What metrics tell of the database. */
export interface Readings {
  deliveries: OpenDeliveries;
  sources: SourceReport[];
  /** The sequence number of the latest change to any paper. */
  sequence: number;
  /** By name, whether this process holds it. */
  leases: Record<string, boolean>;
}

/** How long a reading is shown again, in milliseconds: whoever scrapes often costs nothing. */
const FRESH_FOR = 5000;
/** How long the database may take, in milliseconds. */
const PATIENCE = 2000;

/** A function that reads the database for the process of this id; `null` when it does not answer. */
export function createReadings(db: Db, processId: string, clock: Clock): () => Promise<Readings | null> {
  const isHeld = async (name: string) => (await leaseHolder(db, name))?.owner === processId;
  const read = createShortMemory(
    async (): Promise<Readings> => ({
      deliveries: await openDeliveries(db),
      sources: await sourceReport(db, clock()),
      sequence: await newestSequence(db),
      leases: { sender: await isHeld(SENDER_LEASE), schedules: await isHeld(SCHEDULES_LEASE) },
    }),
    FRESH_FOR,
    clock,
  );
  return () => within(read('all'), PATIENCE).catch(() => null);
}
