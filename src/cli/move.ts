import type { Kysely } from 'kysely';
import { UserError } from '../core/errors.ts';
import { openDatabase } from '../store/database.ts';
import { addressForPeople } from '../store/database-address.ts';
import { type Copied, copyArchive } from '../store/move/copy-archive.ts';
import type { Schema } from '../store/schema.ts';
import { refuseWhileRunning } from './refuse-while-running.ts';
import { counted, type Terminal } from './terminal.ts';
import { whileOpen } from './while-open.ts';

export interface MoveOptions {
  /** The address of the new database, as DATABASE_URL takes it. */
  to: string;
  json?: boolean;
}

/**
 * Copies the archive in `source` to another database, and says what to do next. The source stays as it is.
 * @returns the exit code: 130 when `signal` ended it, else 0.
 * @throws UserError when Paperboy runs on one of the two, or the target holds another archive.
 */
export async function moveFromCommandLine(
  source: Kysely<Schema>,
  sourceUrl: string,
  { to, json = false }: MoveOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const [from, target] = [addressForPeople(sourceUrl), addressForPeople(to)];
  if (from === target) throw new UserError(`${target} is where the archive is already.`);
  await refuseWhileRunning(source, from);
  return whileOpen(openDatabase(to), async (db) => {
    await refuseWhileRunning(db, target);
    const startedAt = performance.now();
    const copied = await copyWithProgress(source, db, 'Moving the archive', terminal, signal);
    if (!copied) {
      terminal.note(`Ended. ${target} is empty as before; run the same command again to begin anew.`);
      return 130;
    }
    const seconds = (performance.now() - startedAt) / 1000;
    if (json) terminal.out(JSON.stringify({ from, to: target, seconds, ...copied }));
    else report(copied, from, target, seconds, terminal);
    return 0;
  });
}

/** Copies an archive while a person watches; `null` when `signal` ended it. */
export async function copyWithProgress(
  source: Kysely<Schema>,
  target: Kysely<Schema>,
  title: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Copied | null> {
  const progress = terminal.progress(title);
  try {
    return await copyArchive(source, target, {
      signal,
      onProgress: (done, total, table) => progress.at(done, total, table.replaceAll('_', ' ')),
    });
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    progress.end();
  }
}

function report({ tables, wasThere }: Copied, from: string, target: string, seconds: number, terminal: Terminal): void {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  const what = `${counted(tables.papers.rows, 'paper')}, ${counted(tables.digests.rows, 'digest')}, ${counted(tables.topics.rows, 'topic')}, ${counted(tables.deliveries.rows, 'message')}; ${counted(rows, 'row')} in all`;
  terminal.out(
    wasThere
      ? `${target} holds this archive already (${what}); counts and checksums agree, and nothing was written.`
      : `Moved ${what}, in ${seconds.toFixed(1)} s; counts and checksums agree.`,
  );
  terminal.note(`Set DATABASE_URL to the address of ${target} and start Paperboy. ${from} is as it was.`);
}
