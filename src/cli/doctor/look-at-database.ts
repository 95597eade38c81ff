import { existsSync } from 'node:fs';
import { errorText, UserError } from '../../core/errors.ts';
import { type Db, openUnchanged } from '../../store/database.ts';
import { databaseFile } from '../../store/health.ts';
import { schemaVersion } from '../../store/migrations.ts';
import { OutdatedError } from './finding.ts';
import { withinTime } from './within-time.ts';

/** The database that is there, as it is; `null` when there is none, an error when this Paperboy cannot read it. Never rejects. */
export async function lookAtDatabase(url: string, patience: number): Promise<Db | Error | null> {
  const file = databaseFile(url);
  if (url === 'sqlite::memory:' || (file !== null && !existsSync(file))) return null;
  try {
    return await withinTime(open(url), patience);
  } catch (error) {
    return error instanceof Error ? error : new Error(errorText(error));
  }
}

/** @throws UserError when it is of another version. */
async function open(url: string): Promise<Db | null> {
  const db = await openUnchanged(url);
  try {
    const { found, known } = await schemaVersion(db);
    if (found === known) return db;
    await db.destroy();
    if (found === null) return null;
    throw versionError(found, known);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function versionError(found: number, known: number): UserError {
  if (found < known) {
    return new OutdatedError(
      `It has version ${found}, and the next start brings it to ${known}. Make a backup first; an older Paperboy cannot read it then.`,
    );
  }
  return new UserError(
    `A newer Paperboy wrote it: it has version ${found}, and this one knows up to ${known}. Install the newer one, or point DATABASE_URL elsewhere. It was left as it is.`,
  );
}
