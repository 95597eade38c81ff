import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { UserError } from '../core/errors.ts';
import { snapshotFile } from '../search/archive.ts';
import { finishFile } from '../store/backup-file.ts';
import { openDatabase, openUnchanged } from '../store/database.ts';
import { addressForPeople, isPostgresUrl } from '../store/database-address.ts';
import { databaseFile } from '../store/health.ts';
import { schemaVersion } from '../store/migrations.ts';
import { countPapers } from '../store/papers.ts';
import { settleRestored } from '../store/restored.ts';
import { BESIDE, removeDatabase } from './backup.ts';
import { copyWithProgress } from './move.ts';
import { refuseWhileRunning } from './refuse-while-running.ts';
import { counted, type Terminal } from './terminal.ts';
import { whileOpen } from './while-open.ts';

/** Where and how to restore. */
interface World {
  databaseUrl: string;
  clock: Clock;
  terminal: Terminal;
  signal: AbortSignal;
}

/**
 * Puts the backup `file` in place of an SQLite database, which is kept beside it, or into an empty PostgreSQL database. The file
 * stays as it is.
 * @returns the exit code: 130 when the signal ended it, else 0.
 * @throws UserError when the file is no whole Paperboy database of a version known here, Paperboy runs on the database, or that
 * one is not empty where it has to be.
 */
export async function restoreFromCommandLine(world: World, file: string): Promise<number> {
  await checkBackup(file);
  const { databaseUrl, terminal } = world;
  const path = databaseFile(databaseUrl);
  if (path === null && !isPostgresUrl(databaseUrl)) throw new UserError('A database in memory ends with its process.');
  if (path !== null) await refuseToReplace(path);
  const papers = path === null ? await intoPostgres(world, file) : await inPlaceOf(world, file, path);
  if (papers === null) {
    terminal.note('Ended; nothing was changed.');
    return 130;
  }
  // It is of the archive that was there before.
  await rm(snapshotFile({ databaseUrl }) ?? '', { force: true });
  terminal.out(`Restored ${counted(papers, 'paper')} from ${file} to ${addressForPeople(databaseUrl)}.`);
  return 0;
}

async function checkBackup(file: string): Promise<void> {
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  const writing = await stat(`${file}-wal`).catch(() => null);
  if (writing && writing.size > 0) {
    throw new UserError(
      `${file} is a database in use, or one that was not closed. Restore a file that paperboy backup made.`,
    );
  }
  const { found, known } = await versionOf(file);
  if (found === null)
    throw new UserError(`${file} is no database of Paperboy. Restore a file that paperboy backup made.`);
  if (found > known) {
    throw new UserError(
      `${file} has version ${found}, and this Paperboy knows up to ${known}. Restore it with the newer Paperboy that wrote it.`,
    );
  }
}

async function versionOf(file: string): ReturnType<typeof schemaVersion> {
  try {
    return await whileOpen(openUnchanged(`sqlite:${file}`), schemaVersion);
  } catch {
    throw new UserError(`${file} cannot be read as a database. Restore a file that paperboy backup made.`);
  }
}

/** A database that is too new or damaged may be replaced: no process runs on it. */
async function refuseToReplace(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const db = await openUnchanged(`sqlite:${path}`).catch(() => null);
  try {
    if (db) await refuseWhileRunning(db, path);
  } catch (error) {
    if (error instanceof UserError) throw error;
  } finally {
    await db?.destroy();
  }
}

async function inPlaceOf({ clock, terminal }: World, file: string, path: string): Promise<number> {
  const coming = `${path}.restoring`;
  await mkdir(dirname(path), { recursive: true });
  await removeDatabase(coming);
  try {
    const papers = await makeReady(file, coming);
    if (existsSync(path)) {
      const aside = `${path}.replaced-${clock().toISOString().replace(/[:.]/g, '-')}`;
      for (const end of BESIDE) if (existsSync(`${path}${end}`)) await rename(`${path}${end}`, `${aside}${end}`);
      terminal.note(`The database that was there is kept as ${aside}.`);
    }
    await rename(coming, path);
    return papers;
  } finally {
    await removeDatabase(coming);
  }
}

async function intoPostgres({ databaseUrl, terminal, signal }: World, file: string): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-restore-'));
  const coming = join(folder, 'archive.db');
  try {
    return await whileOpen(openDatabase(databaseUrl), async (target) => {
      await refuseWhileRunning(target, addressForPeople(databaseUrl));
      const papers = await makeReady(file, coming);
      const copied = await whileOpen(openDatabase(`sqlite:${coming}`), (source) =>
        copyWithProgress(source, target, 'Restoring', terminal, signal),
      );
      return copied && papers;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Copies the backup to `to`, looks it through, brings it to the present version, and returns how many papers it has. */
async function makeReady(file: string, to: string): Promise<number> {
  await copyFile(file, to);
  finishFile(to);
  return whileOpen(openDatabase(`sqlite:${to}`), async (db) => {
    await settleRestored(db);
    return countPapers(db);
  });
}
