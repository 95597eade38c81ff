import type { Db } from './database.ts';
import { write } from './write.ts';

/** The value kept under `key`, or `null`. */
export async function getSetting(db: Db, key: string): Promise<string | null> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

/** Keeps `value` under `key`; other settings stay as they are. */
export async function setSetting(db: Db, key: string, value: string): Promise<void> {
  await write(db, (trx) =>
    trx
      .insertInto('settings')
      .values({ key, value })
      .onConflict((oc) => oc.column('key').doUpdateSet({ value }))
      .execute(),
  );
}
