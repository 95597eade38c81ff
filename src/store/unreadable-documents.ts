import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Db } from './database.ts';
import { write } from './write.ts';

/** A document that could not be read, as it came. */
export interface UnreadableDocument {
  source: string;
  /** The address it came from. */
  origin: string;
  /** What was wrong with it, in words. */
  reason: string;
  readAt: Date;
  raw: Uint8Array;
}

/** Keeps a document that cannot be read, in place of the one before from the same address. */
export async function keepUnreadable(db: Db, document: UnreadableDocument): Promise<void> {
  const { source, origin, reason, readAt, raw } = document;
  const row = { reason, read_at: readAt.toISOString(), raw_gzip: await promisify(gzip)(raw) };
  await write(db, (trx) =>
    trx
      .insertInto('unreadable_documents')
      .values({ source, origin, ...row })
      .onConflict((oc) => oc.columns(['source', 'origin']).doUpdateSet(row))
      .execute(),
  );
}

/** The documents of a source that could not be read. */
export async function unreadableDocuments(db: Db, source: string): Promise<UnreadableDocument[]> {
  const rows = await db.selectFrom('unreadable_documents').selectAll().where('source', '=', source).execute();
  return Promise.all(
    rows.map(async ({ origin, reason, read_at, raw_gzip }) => {
      return { source, origin, reason, readAt: new Date(read_at), raw: await promisify(gunzip)(raw_gzip) };
    }),
  );
}

/** Forgets what could not be read from an address that can be read now. */
export async function forgetUnreadable(db: Db, source: string, origin: string): Promise<void> {
  await write(db, (trx) =>
    trx.deleteFrom('unreadable_documents').where('source', '=', source).where('origin', '=', origin).execute(),
  );
}
