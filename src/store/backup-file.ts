import SQLite from 'better-sqlite3';
import { errorText, UserError } from '../core/errors.ts';

/** Pages of 4 KiB copied between two looks at anything else. */
const PAGES = 2000;

/**
 * Copies the SQLite database `from` to the new file `to` while others read and write it (https://sqlite.org/backup.html), as it
 * is when this begins.
 * @throws whatever aborted `signal`, and what SQLite says when it cannot.
 */
export async function backUpFile(
  from: string,
  to: string,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const source = new SQLite(from, { fileMustExist: true });
  try {
    // Holds on to one moment: else each write of another process would begin the copy anew.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        signal.throwIfAborted();
        onProgress(totalPages - remainingPages, totalPages);
        return PAGES;
      },
    });
  } finally {
    source.close();
  }
}

/**
 * Makes a closed copy of a database one file without others beside it, and looks whether it is whole.
 * @throws UserError when it is not.
 */
export function finishFile(file: string): void {
  const problems = problemsOf(file);
  if (problems.length > 0) throw new UserError(`${file} is damaged: ${problems.slice(0, 3).join('; ')}.`);
}

function problemsOf(file: string): string[] {
  const sqlite = new SQLite(file, { fileMustExist: true });
  try {
    sqlite.pragma('journal_mode = DELETE');
    const found = sqlite.pragma('integrity_check') as { integrity_check: string }[];
    const orphans = sqlite.pragma('foreign_key_check') as { table: string }[];
    return [
      ...found.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...orphans.map(({ table }) => `a row of ${table} refers to none`),
    ];
  } catch (error) {
    return [errorText(error)];
  } finally {
    sqlite.close();
  }
}
