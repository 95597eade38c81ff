import type { Log } from '../../core/log.ts';
import type { Close } from './running.ts';

/** How long what is under way may take when the process ends, in milliseconds. */
export const PARTS_END_WITHIN = 6000;
/** Whoever ends a service kills it after ten seconds; before that the process ends by itself. In milliseconds. */
const LONGEST_ENDING = 9500;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Resolves with the signal that asks this process to end. From then on it ends within ten seconds, whatever hangs, and at
 * once when it is asked again.
 */
export function signalled(log: Log): Promise<string> {
  return new Promise((resolve) => {
    const asked = (signal: string) => {
      for (const each of SIGNALS) {
        process.off(each, asked);
        process.once(each, () => endNow(log, 'asked twice to end: ends at once'));
      }
      limitEnding(log);
      resolve(signal);
    };
    for (const each of SIGNALS) process.on(each, asked);
  });
}

/** Ends this process if it has not ended within ten seconds. What was under way is taken up again by the next one. */
export function limitEnding(log: Log): void {
  setTimeout(() => endNow(log, 'could not end in order within ten seconds: ends at once'), LONGEST_ENDING).unref();
}

function endNow(log: Log, why: string): never {
  log.fatal(why);
  process.exit(1);
}

/** Ends the parts side by side, then what they stand on, the last opened first. Never rejects. */
export async function closeAll(parts: readonly Close[], foundations: readonly Close[], log: Log): Promise<void> {
  const close = async (end: Close) => {
    await end().catch((error: unknown) => log.warn({ err: error }, 'could not be stopped cleanly'));
  };
  await Promise.all(parts.map(close));
  for (const end of foundations.toReversed()) await close(end);
}
