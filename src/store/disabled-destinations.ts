import type { ExpressionBuilder } from 'kysely';
import type { Db } from './database.ts';
import type { Destination, Failure } from './deliveries.ts';
import type { Schema } from './schema.ts';
import { write } from './write.ts';

export interface DisabledDestination {
  destination: Destination;
  failure: Failure;
  disabledAt: Date;
}

/** Nothing goes to the destination any more; what is planned for it stays planned. Returns whether it was enabled before. */
export async function disableDestination(
  db: Db,
  { kind, id }: Destination,
  { code, words }: Failure,
  now: Date,
): Promise<boolean> {
  const row = await write(db, (trx) =>
    trx
      .insertInto('disabled_destinations')
      .values({
        destination_kind: kind,
        destination_id: id,
        code,
        reason: words,
        disabled_at: now.toISOString(),
      })
      .onConflict((oc) => oc.doNothing())
      .returning('code')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/** What is planned for the destination goes out again. Returns whether it was disabled. */
export async function enableDestination(db: Db, { kind, id }: Destination): Promise<boolean> {
  const result = await write(db, (trx) =>
    trx
      .deleteFrom('disabled_destinations')
      .where('destination_kind', '=', kind)
      .where('destination_id', '=', id)
      .executeTakeFirst(),
  );
  return result.numDeletedRows > 0n;
}

/** Why and since when nothing goes to the destination, or `null`. */
export async function findDisabled(db: Db, { kind, id }: Destination): Promise<DisabledDestination | null> {
  const there = db.selectFrom('disabled_destinations').selectAll().where('destination_kind', '=', kind);
  const row = await there.where('destination_id', '=', id).executeTakeFirst();
  return row ? disabledOf(row) : null;
}

/** Whether the destination of a delivery is not disabled. */
export function isEnabled(eb: ExpressionBuilder<Schema, 'deliveries'>) {
  const disabled = eb
    .selectFrom('disabled_destinations as disabled')
    .select('disabled.code')
    .whereRef('disabled.destination_kind', '=', 'deliveries.destination_kind')
    .whereRef('disabled.destination_id', '=', 'deliveries.destination_id');
  return eb.not(eb.exists(disabled));
}

/** Every destination that is disabled, the longest first. */
export async function disabledDestinations(db: Db): Promise<DisabledDestination[]> {
  const rows = await db.selectFrom('disabled_destinations').selectAll().orderBy('disabled_at').execute();
  return rows.map(disabledOf);
}

function disabledOf(row: Schema['disabled_destinations']): DisabledDestination {
  return {
    destination: { kind: row.destination_kind, id: row.destination_id },
    failure: { code: row.code, words: row.reason },
    disabledAt: new Date(row.disabled_at),
  };
}
