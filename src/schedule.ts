import { createTask, type ScheduledTask } from 'node-cron';
import type { Log } from './core/log.ts';

export interface Job {
  /** For the log. */
  name: string;
  /** A cron expression. */
  cron: string;
  /** IANA name the expression is read in. */
  timezone: string;
  run: () => Promise<unknown>;
}

export interface ScheduledJob {
  /** `null` when it will not run again. */
  nextRun(): Date | null;
  /** Runs now, unless a run is under way: then waits for that one. Failures are logged, never thrown. */
  runNow(): Promise<void>;
  /** No run starts any more; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** Runs a job on its schedule, one run at a time. A run that fails is logged, and the next one comes as planned. */
export function schedule(job: Job, log: Log): ScheduledJob {
  let underWay: Promise<void> | null = null;
  const runNow = () => {
    underWay ??= attempt(job, log).finally(() => (underWay = null));
    return underWay;
  };
  const task: ScheduledTask = createTask(job.cron, runNow, { name: job.name, timezone: job.timezone });
  void task.start();
  return {
    nextRun: () => task.getNextRun(),
    runNow,
    stop: async () => {
      await task.destroy();
      await underWay;
    },
  };
}

async function attempt(job: Job, log: Log): Promise<void> {
  try {
    await job.run();
  } catch (error) {
    log.error({ err: error, job: job.name }, `${job.name} failed; it will be tried again as planned`);
  }
}
