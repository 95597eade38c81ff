import type { Db } from './database.ts';
import { write } from './write.ts';

/** What is known of the last answer of an address that was read. */
export interface Fetch {
  fetchedAt: Date;
  /** SHA-256 of the body, hexadecimal. */
  contentHash: string;
  etag: string | null;
  /** As the host sent it. */
  lastModified: string | null;
  /** Days of the week on which the document says that it does not change; 0 is Sunday. */
  restDays: number[];
}

/** The last answer of `address` that was read, or `null`. */
export async function findFetch(db: Db, address: string): Promise<Fetch | null> {
  const row = await db.selectFrom('fetches').selectAll().where('address', '=', address).executeTakeFirst();
  if (!row) return null;
  return {
    fetchedAt: new Date(row.fetched_at),
    contentHash: row.content_hash,
    etag: row.etag,
    lastModified: row.last_modified,
    restDays: JSON.parse(row.rest_days_json) as number[],
  };
}

/** Remembers an answer of `address`, in place of the one before. */
export async function keepFetch(db: Db, address: string, fetch: Fetch): Promise<void> {
  const row = {
    fetched_at: fetch.fetchedAt.toISOString(),
    content_hash: fetch.contentHash,
    etag: fetch.etag,
    last_modified: fetch.lastModified,
    rest_days_json: JSON.stringify(fetch.restDays),
  };
  await write(db, (trx) =>
    trx
      .insertInto('fetches')
      .values({ address, ...row })
      .onConflict((oc) => oc.column('address').doUpdateSet(row))
      .execute(),
  );
}

/** Forgets the answers of addresses that were last read before `date`. */
export async function forgetFetchesBefore(db: Db, date: Date): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('fetches').where('fetched_at', '<', date.toISOString()).execute());
}
