import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { silentLog } from '../core/log.ts';
import type { IngestReport, World } from '../ingest/document.ts';
import { ingestPaths, ingestSources } from '../ingest/ingest.ts';
import type { Db } from '../store/database.ts';
import { counted, type Terminal } from './terminal.ts';

export interface IngestCommandOptions {
  /** `YYYY-MM-DD`. */
  date?: string;
  json?: boolean;
}

/**
 * Reads the digests at `paths`, or every configured source once without any, and prints a line for each.
 * @returns the exit code: 1 when a digest could not be read at all, else 0.
 */
export async function ingestFromCommandLine(
  db: Db,
  config: Config,
  paths: string[],
  options: IngestCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const world: World = { db, log: silentLog, clock: systemClock, timezone: config.timezone };
  const progress = terminal.progress('Reading digests');
  const onReport = (report: IngestReport, done: number, total: number) => {
    progress.at(done, total);
    for (const line of options.json ? [JSON.stringify(report)] : reportLines(report)) terminal.out(line);
  };
  const onTrouble = (source: string, problem: string) => terminal.note(`${source}: ${problem}`);
  const ingestOptions = { date: options.date, onReport, onTrouble };
  const reports = await (
    paths.length > 0 ? ingestPaths(world, paths, ingestOptions) : ingestSources(world, config, ingestOptions)
  ).finally(() => progress.end());
  if (reports.length === 0)
    terminal.note(paths.length > 0 ? 'There are no digests there.' : 'No digests wait to be read.');
  return reports.some(({ error }) => error) ? 1 : 0;
}

/** A line for the digest, and one for each part of it that could not be read. */
function reportLines(report: IngestReport): string[] {
  const { file, layout, date, entries, updated, rejected, error, warning } = report;
  if (error)
    return [
      `${file}${error.line === null ? '' : `:${error.line}`}: not read. ${error.reason}`,
      ...(warning ? [`  ${warning}`] : []),
    ];
  const known = `${report.known} known${updated > 0 ? ` (${updated} updated)` : ''}`;
  return [
    `${file}: ${counted(entries, 'paper')}, ${report.new} new, ${known}  [${layout}${date ? `, ${date}` : ''}]`,
    ...rejected.map(({ line, reason }) => `  ${file}:${line}: left out. ${reason}`),
    ...(warning ? [`  ${warning}`] : []),
  ];
}
