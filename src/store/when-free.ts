import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../core/errors.ts';

/** How long to wait for another process's transaction, in milliseconds. A large digest is one transaction. */
const PATIENCE = 60_000;
/** Between two tries, in milliseconds. */
const PAUSE = 15;

/** Of two transactions that cannot both be right PostgreSQL lets one go: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html */
const LET_GO = ['40001', '40P01'];

/**
 * Does `work`, and does it again while another transaction is in the way, or while it fails with one of the codes `also`.
 * @throws UserError when that goes on for a minute.
 */
export async function whenFree<T>(work: () => Promise<T>, also: readonly string[] = []): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!code.startsWith('SQLITE_BUSY') && !LET_GO.includes(code) && !also.includes(code)) throw error;
      if (performance.now() > end) {
        throw new UserError(
          'Another process has been writing to the database for a minute. Try again when it has ended.',
        );
      }
    }
    await pause(PAUSE * (0.5 + Math.random()));
  }
}
