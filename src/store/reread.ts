import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Digest } from '../core/paper.ts';
import type { Db } from './database.ts';
import { replaceReading } from './replace-reading.ts';
import { takeSequence } from './sequence.ts';
import { write } from './write.ts';

/** Reads a document, resolving yearless dates as of `readOn`. Throws when it cannot. */
export type Reader = (bytes: Uint8Array, options: { readOn: string; date?: string }) => Digest | Promise<Digest>;

/** What reading a stored digest again brought. */
export interface RereadCounts {
  entries: number;
  /** Papers stored for the first time. */
  new: number;
  /** Known papers of which something was learnt or corrected. */
  updated: number;
  /** Papers that no digest shows any more. */
  removed: number;
}

/**
 * Reads the kept document of a digest again and replaces, in one transaction, what the digest shows. A reading equal to the
 * stored one changes nothing.
 * @throws whatever `read` throws; the digest then stays as it was.
 */
export async function rereadDigest(db: Db, digestId: number, read: Reader): Promise<RereadCounts> {
  const stored = await db
    .selectFrom('digests')
    .select(['source', 'given_date', 'read_on', 'list_key', 'only_new', 'raw_gzip'])
    .where('id', '=', digestId)
    .executeTakeFirstOrThrow();
  const { given_date, read_on, source } = stored;
  const list = stored.list_key === null ? null : { source, onlyNew: stored.only_new === 1, fetchedAt: null };
  const bytes = await promisify(gunzip)(stored.raw_gzip);
  const digest = await read(bytes, { readOn: read_on, ...(given_date && { date: given_date }) });
  const { entries, layout, rejected } = digest;
  // A list's day is the day that was asked for, whatever it says of itself.
  const date = (list && given_date) ?? digest.date;
  const reading = { layout, date, given_date, read_on, rejected_json: JSON.stringify(rejected) };
  return write(db, async (trx) => {
    const placed = await replaceReading(trx, await takeSequence(trx), digestId, reading, entries, list);
    const { created, updated, removed } = placed;
    return { entries: entries.length, new: created.size, updated: updated.size, removed };
  });
}
