import type { Db } from './database.ts';
import { IS_OPEN } from './deliveries.ts';
import { isEnabled } from './disabled-destinations.ts';

/** The messages that are neither sent nor failed. */
export interface OpenDeliveries {
  planned: number;
  sending: number;
  /** When the first of them was planned that is not for a disabled destination; `null`: there is none. */
  oldest: Date | null;
}

/** Counts the messages that are still to be sent. */
export async function openDeliveries(db: Db): Promise<OpenDeliveries> {
  const states = await db
    .selectFrom('deliveries')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where(IS_OPEN)
    .groupBy('state')
    .execute();
  const oldest = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.min('planned_at').as('planned_at'))
    .where(IS_OPEN)
    .where(isEnabled)
    .executeTakeFirst();
  const countOf = (state: string) => states.find((row) => row.state === state)?.count ?? 0;
  const since = oldest?.planned_at ?? null;
  return { planned: countOf('planned'), sending: countOf('sending'), oldest: since === null ? null : new Date(since) };
}
