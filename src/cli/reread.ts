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
  const leftOutReports = reports.filter((report) => report.leftOut);
  if (options.json) for (const report of leftOutReports) terminal.out(JSON.stringify(report));
  const leftOut = leftOutReports.length;
  const read = reports.length - leftOut;
  terminal.note(`${counted(read, 'digest')} read again: ${changed} changed, ${failed} not readable.`);
  if (leftOut > 0) {
    terminal.note(
      `${counted(leftOut, 'digest')} left out: their documents were older than PAPERBOY_RAW_DAYS and are not kept any more. Their papers stay as they are.`,
    );
  }
  return failed > 0 ? 1 : 0;
}

function isChanged({ new: created = 0, updated = 0, removed = 0 }: RereadReport): boolean {
  return created + updated + removed > 0;
}

function rereadLine({ file, error, ...counts }: RereadReport): string {
  if (error) return `${file}: stays as it was. ${error.reason}`;
  return `${file}: ${counted(counts.entries ?? 0, 'paper')}, ${counts.new} new, ${counts.updated} updated, ${counts.removed} removed`;
}
