import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../core/errors.ts';
import { backUpFile, finishFile } from '../store/backup-file.ts';
import { openDatabase, openUnchanged } from '../store/database.ts';
import { addressForPeople, isPostgresUrl } from '../store/database-address.ts';
import { databaseFile } from '../store/health.ts';
import { countPapers } from '../store/papers.ts';
import { copyWithProgress } from './move.ts';
import { counted, type Terminal } from './terminal.ts';
import { whileOpen } from './while-open.ts';

/** What SQLite keeps beside a database. */
export const BESIDE = ['', '-wal', '-shm', '-journal'];

/**
 * Writes the archive as it is at one moment to the new file `file`, an SQLite database whatever the engine, while Paperboy runs.
 * The file is there whole and looked through, or not at all.
 * @returns the exit code: 130 when `signal` ended it, else 0.
 * @throws UserError when the file is there already, or there is nothing to back up.
 */
export async function backupFromCommandLine(
  databaseUrl: string,
  file: string,
  options: { json?: boolean },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  refuseToOverwrite(file);
  const startedAt = performance.now();
  const unfinished = `${file}.unfinished`;
  await mkdir(dirname(file), { recursive: true });
  await removeDatabase(unfinished);
  try {
    const isDone = isPostgresUrl(databaseUrl)
      ? await copyOut(databaseUrl, unfinished, terminal, signal)
      : await copyFile(databaseUrl, unfinished, terminal, signal);
    if (!isDone) {
      terminal.note('Ended; there is no backup.');
      return 130;
    }
    finishFile(unfinished);
    refuseToOverwrite(file);
    await rename(unfinished, file);
  } finally {
    await removeDatabase(unfinished);
  }
  await report(databaseUrl, file, (performance.now() - startedAt) / 1000, options, terminal);
  return 0;
}

function refuseToOverwrite(file: string): void {
  if (existsSync(file))
    throw new UserError(`${file} is there already, and a backup overwrites nothing. Name another file.`);
}

/** Removes an SQLite database with what is kept beside it. */
export async function removeDatabase(file: string): Promise<void> {
  for (const end of BESIDE) await rm(`${file}${end}`, { force: true });
}

async function copyFile(url: string, to: string, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  const from = databaseFile(url);
  if (from === null) throw new UserError('A database in memory ends with its process, and cannot be backed up.');
  if (!existsSync(from)) throw new UserError(`There is no database ${from} yet.`);
  const progress = terminal.progress('Backing up');
  try {
    await backUpFile(from, to, (done, total) => progress.at(done, total, 'pages'), signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    progress.end();
  }
}

async function copyOut(url: string, to: string, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  const copied = await whileOpen(openDatabase(url), (source) =>
    whileOpen(openDatabase(`sqlite:${to}`), (target) =>
      copyWithProgress(source, target, 'Backing up', terminal, signal),
    ),
  );
  return copied !== null;
}

async function report(
  databaseUrl: string,
  file: string,
  seconds: number,
  { json = false }: { json?: boolean },
  terminal: Terminal,
): Promise<void> {
  const papers = await whileOpen(openUnchanged(`sqlite:${file}`), countPapers);
  const { size: bytes } = await stat(file);
  if (json) {
    terminal.out(JSON.stringify({ from: addressForPeople(databaseUrl), file, papers, bytes, seconds }));
    return;
  }
  terminal.out(
    `${file}: ${counted(papers, 'paper')}, ${(bytes / 1e6).toFixed(1)} MB, whole; in ${seconds.toFixed(1)} s.`,
  );
  terminal.note(`paperboy restore ${file} puts it back, into SQLite or into an empty PostgreSQL database.`);
}
