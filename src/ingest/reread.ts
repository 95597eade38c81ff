import { dayInZone } from '../core/dates.ts';
import { readDigestOrMail } from '../digests/read-digest-or-mail.ts';
import type { Fault } from '../sources/source.ts';
import { digestsWithoutDocument, listDigests } from '../store/digests.ts';
import { type RereadCounts, rereadDigest } from '../store/reread.ts';
import { storeDigest } from '../store/store-digest.ts';
import { forgetUnreadable, type UnreadableDocument, unreadableDocuments } from '../store/unreadable-documents.ts';
import { faultOf, readExpected, type World } from './document.ts';

/** What became of one kept document. */
export interface RereadReport extends Partial<RereadCounts> {
  /** File name or address that it came from. */
  file: string;
  source: string;
  /** Set when this reader cannot read it; it stays as it was. */
  error?: Fault;
  /** Set when the document is not kept any more; the digest stays as it was. */
  leftOut?: true;
}

type Kept = Pick<World, 'db' | 'log'>;
type Job = { file: string; source: string; read: () => Promise<RereadCounts> };

/**
 * Reads every kept document again, as today's reader understands it: those of the stored digests, and those that could not be
 * read when they came. One that it cannot read stays as it was, and is reported; so are, at the end, the digests whose
 * documents are not kept any more.
 */
export async function reread(
  { db, log }: Kept,
  onReport?: (report: RereadReport, done: number, total: number) => void,
): Promise<RereadReport[]> {
  const dropped = await digestsWithoutDocument(db);
  const all = await listDigests(db);
  const leftOut = all
    .filter(({ id }) => dropped.has(id))
    .map(({ origin: file, source }): RereadReport => ({ file, source, leftOut: true }));
  const digests = all
    .filter(({ id }) => !dropped.has(id))
    .map(({ id, origin: file, source }): Job => ({
      file,
      source,
      read: () => rereadDigest(db, id, readDigestOrMail),
    }));
  const unreadable = (await unreadableDocuments(db)).map((document): Job => ({
    file: document.origin,
    source: document.source,
    read: () => replay({ db }, document),
  }));
  const jobs = [...digests, ...unreadable];
  const reports: RereadReport[] = [];
  for (const [index, { file, source, read }] of jobs.entries()) {
    const report = await read().then(
      (counts): RereadReport => ({ file, source, ...counts }),
      (error: unknown): RereadReport => ({ file, source, error: faultOf(error) }),
    );
    log[report.error ? 'warn' : 'info'](report, report.error ? 'digest not read again' : 'digest read again');
    reports.push(report);
    onReport?.(report, index + 1, jobs.length);
  }
  return [...reports, ...leftOut];
}

/** Stores a document that could not be read when it came, as if it had been read then. */
async function replay({ db }: Pick<World, 'db'>, document: UnreadableDocument): Promise<RereadCounts> {
  const { source, origin, raw, readAt, expected } = document;
  const readOn = dayInZone(readAt, 'UTC');
  const date = expected.date ?? null;
  const digest = await readExpected(raw, expected, { readOn, ...(date && { date }) });
  const { list } = expected;
  const counts = await storeDigest(db, { source, origin, raw, digest, givenDate: date, readAt, readOn, list });
  await forgetUnreadable(db, source, origin, readAt);
  return { entries: counts.entries, new: counts.new, updated: counts.updated, removed: 0 };
}
