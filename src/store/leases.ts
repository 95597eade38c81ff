import type { Db } from './database.ts';
import { write } from './write.ts';

/**
 * Takes the lease `name` for `owner` until `until`, or prolongs it. Returns whether `owner` holds it now; not while another
 * holds it.
 */
export async function holdLease(db: Db, name: string, owner: string, now: Date, until: Date): Promise<boolean> {
  const row = { owner, held_until: until.toISOString() };
  const held = await write(db, (trx) =>
    trx
      .insertInto('leases')
      .values({ name, ...row })
      .onConflict((oc) =>
        oc
          .column('name')
          .doUpdateSet(row)
          .where((eb) => eb.or([eb('leases.owner', '=', owner), eb('leases.held_until', '<=', now.toISOString())])),
      )
      .returning('name')
      .executeTakeFirst(),
  );
  return held !== undefined;
}

/** Gives the lease up, if `owner` holds it. */
export async function releaseLease(db: Db, name: string, owner: string): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute());
}
