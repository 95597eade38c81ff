import { statSync } from 'node:fs';
import { compact } from '../store/compact.ts';
import type { Db } from '../store/database.ts';
import { databaseFile } from '../store/health.ts';
import type { Terminal } from './terminal.ts';

/** Gives the space of what was dropped back to the disk, and says how much that was. */
export async function compactFromCommandLine(db: Db, databaseUrl: string, terminal: Terminal): Promise<void> {
  const file = databaseFile(databaseUrl);
  const before = sizeOf(file);
  const isDone = await compact(db);
  terminal.note(
    isDone
      ? `The database had ${megabytes(before)} and has ${megabytes(sizeOf(file))} now.`
      : 'PostgreSQL uses freed space again by itself (autovacuum); there is nothing to do.',
  );
}

function sizeOf(file: string | null): number {
  return file === null ? 0 : statSync(file).size;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
