import { databaseNow } from './clock.ts';
import type { Db } from './database.ts';
import { write } from './write.ts';

export interface Lease {
  /** The id of a process. */
  owner: string;
  since: Date;
  /** By the clock of the database; for whoever looks, not for whoever wants the lease. */
  until: Date;
  /** Grows with each sign of life. */
  beats: number;
}

/**
 * Takes the lease `name` for `owner`, or shows that `owner` lives; readers take it for held for so many milliseconds. Returns
 * whether `owner` holds it now: not while another does, unless that one's last sign of life is still `silent`.
 */
export async function holdLease(
  db: Db,
  name: string,
  owner: string,
  milliseconds: number,
  silent: Pick<Lease, 'owner' | 'beats'> | null = null,
): Promise<boolean> {
  const now = await databaseNow(db);
  const [held_since, held_until] = [now.toISOString(), new Date(now.getTime() + milliseconds).toISOString()];
  const held = await write(db, (trx) =>
    trx
      .insertInto('leases')
      .values({ name, owner, held_since, held_until, beats: 1 })
      .onConflict((oc) =>
        oc
          .column('name')
          .doUpdateSet((eb) => ({
            owner,
            held_until,
            beats: eb('leases.beats', '+', 1),
            held_since: eb
              .case()
              .when('leases.owner', '=', owner)
              .then(eb.ref('leases.held_since'))
              .else(held_since)
              .end(),
          }))
          .where((eb) => {
            const own = eb('leases.owner', '=', owner);
            if (!silent) return own;
            return eb.or([own, eb.and([eb('leases.owner', '=', silent.owner), eb('leases.beats', '=', silent.beats)])]);
          }),
      )
      .returning('name')
      .executeTakeFirst(),
  );
  return held !== undefined;
}

/** The lease `name` as it was taken last; `null` when it was given up. Its holder may have died since. */
export async function findLease(db: Db, name: string): Promise<Lease | null> {
  const row = await db.selectFrom('leases').selectAll().where('name', '=', name).executeTakeFirst();
  if (!row) return null;
  const { owner, beats, held_since, held_until } = row;
  return { owner, beats, since: new Date(held_since), until: new Date(held_until) };
}

/** Who holds the lease `name` now, by the clock of the database; `null`: nobody. */
export async function leaseHolder(db: Db, name: string): Promise<Lease | null> {
  const lease = await findLease(db, name);
  return lease && lease.until > (await databaseNow(db)) ? lease : null;
}

/** Gives the lease up, if `owner` holds it. */
export async function releaseLease(db: Db, name: string, owner: string): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute());
}
