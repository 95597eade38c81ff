import type { Db } from './database.ts';
import { write } from './write.ts';

/** What a reader has set. */
export interface Reader {
  id: string;
  /** IANA name; `null`: never told. */
  timezone: string | null;
  /** `null`: none. */
  quiet: QuietHours | null;
}

/** When a reader gets no message, in minutes of their day (0 to 1439); past midnight where `until` is not after `from`. */
export interface QuietHours {
  from: number;
  until: number;
}

/** What a reader has set; nothing for a reader who never did. */
export async function findReader(db: Db, id: string): Promise<Reader> {
  return (await findReaders(db, [id])).get(id) ?? { id, timezone: null, quiet: null };
}

/** What readers have set, by id; readers who never set anything are left out. `ids` are at most 500. */
export async function findReaders(db: Db, ids: readonly string[]): Promise<Map<string, Reader>> {
  const rows = await db.selectFrom('readers').selectAll().where('id', 'in', ids).execute();
  return new Map(
    rows.map(({ id, timezone, quiet_from, quiet_until }) => {
      const quiet = quiet_from === null || quiet_until === null ? null : { from: quiet_from, until: quiet_until };
      return [id, { id, timezone, quiet }];
    }),
  );
}

/** Changes what `change` names of a reader's settings, and nothing else. */
export async function changeReader(db: Db, id: string, change: Partial<Omit<Reader, 'id'>>): Promise<void> {
  const { timezone, quiet } = change;
  const columns = {
    ...(timezone === undefined ? {} : { timezone }),
    ...(quiet === undefined ? {} : { quiet_from: quiet?.from ?? null, quiet_until: quiet?.until ?? null }),
  };
  if (Object.keys(columns).length === 0) return;
  await write(db, (trx) =>
    trx
      .insertInto('readers')
      .values({ id, timezone: null, quiet_from: null, quiet_until: null, ...columns })
      .onConflict((oc) => oc.column('id').doUpdateSet(columns))
      .execute(),
  );
}
