import { readDigestOrMail } from '../digests/read-digest-or-mail.ts';
import type { Fault } from '../sources/source.ts';
import { listDigests } from '../store/digests.ts';
import { type RereadCounts, rereadDigest } from '../store/reread.ts';
import { faultOf, type World } from './document.ts';

/** What became of one stored digest. */
export interface RereadReport extends Partial<RereadCounts> {
  /** File name or address that the digest came from. */
  file: string;
  source: string;
  /** Set when this reader cannot read it; it stays as it was. */
  error?: Fault;
}

/**
 * Reads the kept document of every stored digest again, as today's reader understands it. One that it cannot read stays as
 * it was, and is reported.
 */
export async function reread(
  { db, log }: Pick<World, 'db' | 'log'>,
  onReport?: (report: RereadReport, done: number, total: number) => void,
): Promise<RereadReport[]> {
  const digests = await listDigests(db);
  const reports: RereadReport[] = [];
  for (const [index, { id, origin: file, source }] of digests.entries()) {
    const report = await rereadDigest(db, id, readDigestOrMail).then(
      (counts): RereadReport => ({ file, source, ...counts }),
      (error: unknown): RereadReport => ({ file, source, error: faultOf(error) }),
    );
    log[report.error ? 'warn' : 'info'](report, report.error ? 'digest not read again' : 'digest read again');
    reports.push(report);
    onReport?.(report, index + 1, digests.length);
  }
  return reports;
}
