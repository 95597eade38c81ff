import type { Db } from './database.ts';
import { write } from './write.ts';

/**
 * Takes the lease `name` for `owner` until `until`, or prolongs it. Returns whether `owner` holds it now; not while another
 * holds it.
 */
export async function holdLease(db: Db, name: string, owner: string, now: Date, until: Date): Promise<boolean> {
  const [held_since, held_until] = [now.toISOString(), until.toISOString()];
  const held = await write(db, (trx) =>
    trx
      .insertInto('leases')
      .values({ name, owner, held_since, held_until })
      .onConflict((oc) =>
        oc
          .column('name')
          .doUpdateSet((eb) => ({
            owner,
            held_until,
            held_since: eb
              .case()
              .when('leases.owner', '=', owner)
              .then(eb.ref('leases.held_since'))
              .else(held_since)
              .end(),
          }))
          .where((eb) => eb.or([eb('leases.owner', '=', owner), eb('leases.held_until', '<=', now.toISOString())])),
      )
      .returning('name')
      .executeTakeFirst(),
  );
  return held !== undefined;
}

export interface LeaseHolder {
  owner: string;
  since: Date;
  until: Date;
}

/** Who holds the lease `name` now; `null`: nobody. */
export async function leaseHolder(db: Db, name: string, now: Date): Promise<LeaseHolder | null> {
  const query = db.selectFrom('leases').selectAll().where('name', '=', name);
  const row = await query.where('held_until', '>', now.toISOString()).executeTakeFirst();
  return row ? { owner: row.owner, since: new Date(row.held_since), until: new Date(row.held_until) } : null;
}

/** Gives the lease up, if `owner` holds it. */
export async function releaseLease(db: Db, name: string, owner: string): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute());
}
