import { createHash } from 'node:crypto';
import type { Db } from './database.ts';
import { write } from './write.ts';

/** A state that was kept again so short a time ago is not written again, in milliseconds. */
const FRESH = 24 * 3_600_000;

/** Keeps what a button needs to know; the same state always has the same id (16 hexadecimal digits), which is returned. */
export async function keepState(db: Db, state: unknown, now: Date): Promise<string> {
  const json = JSON.stringify(state);
  const id = createHash('sha256').update(json).digest('hex').slice(0, 16);
  const created_at = now.toISOString();
  // Reading need not wait for whoever writes.
  const kept = await db.selectFrom('button_states').select('created_at').where('id', '=', id).executeTakeFirst();
  if (kept && now.getTime() - Date.parse(kept.created_at) < FRESH) return id;
  await write(db, (trx) =>
    trx
      .insertInto('button_states')
      .values({ id, state_json: json, created_at })
      .onConflict((oc) => oc.column('id').doUpdateSet({ created_at }))
      .execute(),
  );
  return id;
}

/** The state kept under `id`, or `null` when there is none (any more). */
export async function findState(db: Db, id: string): Promise<unknown> {
  const row = await db.selectFrom('button_states').select('state_json').where('id', '=', id).executeTakeFirst();
  return row ? (JSON.parse(row.state_json) as unknown) : null;
}

/** Forgets states last kept before `date`. */
export async function forgetStatesBefore(db: Db, date: Date): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('button_states').where('created_at', '<', date.toISOString()).execute());
}

/** Forgets what a reader was about to do: states with their id as `readerId`. */
export async function forgetStatesOf(db: Db, readerId: string): Promise<void> {
  const own = `%"readerId":${JSON.stringify(readerId)}%`;
  await write(db, (trx) => trx.deleteFrom('button_states').where('state_json', 'like', own).execute());
}
