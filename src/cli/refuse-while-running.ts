import { UserError } from '../core/errors.ts';
import type { Db } from '../store/database.ts';
import { runningProcesses } from '../store/processes.ts';

/** @throws UserError when Paperboy runs on this database, or did until a moment ago. */
export async function refuseWhileRunning(db: Db, database: string): Promise<void> {
  const [process] = await runningProcesses(db);
  if (!process) return;
  throw new UserError(
    `Paperboy is running on ${database} (process ${process.pid} on ${process.host}), and what it stores meanwhile would be lost. Stop it and try again; after a crash, wait twenty seconds.`,
  );
}
