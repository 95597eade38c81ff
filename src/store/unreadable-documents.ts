import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Expected } from '../core/paper.ts';
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
  raw: Uint8Array<ArrayBuffer>;
  expected: Expected;
}

/** Keeps a document that cannot be read, in place of the one before from the same address. */
export async function keepUnreadable(db: Db, document: UnreadableDocument): Promise<void> {
  const { source, origin, reason, readAt, raw, expected } = document;
  const raw_gzip = await promisify(gzip)(raw);
  const row = { reason, read_at: readAt.toISOString(), raw_gzip, expected_json: JSON.stringify(expected) };
  await write(db, (trx) =>
    trx
      .insertInto('unreadable_documents')
      .values({ source, origin, ...row })
      .onConflict((oc) => oc.columns(['source', 'origin']).doUpdateSet(row))
      .execute(),
  );
}

/** The documents that could not be read, of one source or of all, the longest kept first. */
export async function unreadableDocuments(db: Db, source?: string): Promise<UnreadableDocument[]> {
  const rows = await db
    .selectFrom('unreadable_documents')
    .selectAll()
    .$if(source !== undefined, (query) => query.where('source', '=', source ?? ''))
    .orderBy('read_at')
    .execute();
  return Promise.all(
    rows.map(async ({ raw_gzip, read_at, expected_json, ...named }) => ({
      ...named,
      readAt: new Date(read_at),
      raw: await promisify(gunzip)(raw_gzip),
      expected: expected_json === null ? {} : (JSON.parse(expected_json) as Expected),
    })),
  );
}

/** Forgets what could not be read from an address that can be read now; with `readAt` only what was kept at that moment. */
export async function forgetUnreadable(db: Db, source: string, origin: string, readAt?: Date): Promise<void> {
  await write(db, (trx) =>
    trx
      .deleteFrom('unreadable_documents')
      .where('source', '=', source)
      .where('origin', '=', origin)
      .$if(readAt !== undefined, (query) => query.where('read_at', '=', readAt?.toISOString() ?? ''))
      .execute(),
  );
}

/** Forgets what was kept before `date`. */
export async function forgetUnreadableBefore(db: Db, date: Date): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('unreadable_documents').where('read_at', '<', date.toISOString()).execute());
}
