import type { Db } from './database.ts';
import { write } from './write.ts';

/** Nothing that a host says keeps it from being asked for longer, in milliseconds; nor does a clock that was wrong. */
const LONGEST_REST = 24 * 3_600_000;
/** A turn further ahead was taken by a wrong clock, in milliseconds. */
const LONGEST_QUEUE = 10 * 60_000;

/** When a host may be asked next. */
export interface Turn {
  at: Date;
  /** Set when the host rests until `at`, and no turn was taken. */
  rests: boolean;
}

/**
 * Takes the next turn at a host, `spacing` milliseconds after the turn before, whichever process took that; none while the
 * host rests.
 */
export async function takeTurn(db: Db, host: string, spacing: number, now: Date): Promise<Turn> {
  return write(db, async (trx) => {
    const empty = { host, next_turn_at: now.toISOString(), rests_until: null, failures: 0 };
    // The first statement writes, so that of two processes one waits.
    const row = await trx
      .insertInto('hosts')
      .values(empty)
      .onConflict((oc) => oc.column('host').doUpdateSet({ host }))
      .returningAll()
      .executeTakeFirstOrThrow();
    const rest = Date.parse(row.rests_until ?? '') - now.getTime();
    if (rest > 0 && rest <= LONGEST_REST) return { at: new Date(now.getTime() + rest), rests: true };
    const ahead = Date.parse(row.next_turn_at) - now.getTime();
    const wait = ahead > 0 && ahead <= LONGEST_QUEUE ? ahead : 0;
    const at = new Date(now.getTime() + wait);
    const next_turn_at = new Date(at.getTime() + spacing).toISOString();
    await trx.updateTable('hosts').set({ next_turn_at }).where('host', '=', host).execute();
    return { at, rests: false };
  });
}

/** Lets a host rest for `milliseconds`, at most a day; an ongoing longer rest stays. Returns when the rest ends. */
export async function restHost(db: Db, host: string, milliseconds: number, now: Date): Promise<Date> {
  const until = new Date(now.getTime() + Math.min(milliseconds, LONGEST_REST)).toISOString();
  return write(db, async (trx) => {
    const row = await trx
      .insertInto('hosts')
      .values({ host, next_turn_at: now.toISOString(), rests_until: until, failures: 1 })
      .onConflict((oc) => oc.column('host').doUpdateSet((eb) => ({ failures: eb('hosts.failures', '+', 1) })))
      .returning('rests_until')
      .executeTakeFirstOrThrow();
    const later = row.rests_until !== null && row.rests_until > until ? row.rests_until : until;
    await trx.updateTable('hosts').set({ rests_until: later }).where('host', '=', host).execute();
    return new Date(later);
  });
}

/** How often a host has been let rest since it last answered. */
export async function countRests(db: Db, host: string): Promise<number> {
  const row = await db.selectFrom('hosts').select('failures').where('host', '=', host).executeTakeFirst();
  return row?.failures ?? 0;
}

/** Notes that a host answers. */
export async function wakeHost(db: Db, host: string): Promise<void> {
  if ((await countRests(db, host)) === 0) return;
  await write(db, (trx) =>
    trx.updateTable('hosts').set({ failures: 0, rests_until: null }).where('host', '=', host).execute(),
  );
}
