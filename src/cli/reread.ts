import { silentLog } from '../core/log.ts';
import { reread, type RereadReport } from '../ingest/reread.ts';
import type { Db } from '../store/database.ts';
import { counted, type Terminal } from './terminal.ts';

/**
 * Reads every stored digest again and prints a line for each that changed or could not be read.
 * @returns the exit code: 1 when a digest could not be read, else 0.
 */
export async function rereadFromCommandLine(db: Db, options: { json?: boolean }, terminal: Terminal): Promise<number> {
  const progress = terminal.progress('Reading stored digests again');
  const reports = await reread({ db, log: silentLog }, (report, done, total) => {
    progress.at(done, total);
    if (options.json) terminal.out(JSON.stringify(report));
    else if (report.error || isChanged(report)) terminal.out(rereadLine(report));
  }).finally(() => progress.end());
  const failed = reports.filter(({ error }) => error).length;
  const changed = reports.filter(isChanged).length;
  terminal.note(`${counted(reports.length, 'digest')} read again: ${changed} changed, ${failed} not readable.`);
  return failed > 0 ? 1 : 0;
}

function isChanged({ new: created = 0, updated = 0, removed = 0 }: RereadReport): boolean {
  return created + updated + removed > 0;
}

function rereadLine({ file, error, ...counts }: RereadReport): string {
  if (error) return `${file}: stays as it was. ${error.reason}`;
  return `${file}: ${counted(counts.entries ?? 0, 'paper')}, ${counts.new} new, ${counts.updated} updated, ${counts.removed} removed`;
}
