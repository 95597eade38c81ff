import { createTask } from 'node-cron';
import type { Log } from './core/log.ts';
import { newTrace, traced } from './core/trace.ts';

export interface Job {
  /** For the log. */
  name: string;
  run: () => Promise<unknown>;
}

export interface RunningJob {
  /** Runs now, unless a run is under way: then waits for that one. Failures are logged, never thrown. */
  runNow(): Promise<void>;
  /** No run starts any more; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

export interface ScheduledJob extends RunningJob {
  /** `null` when it will not run again. */
  nextRun(): Date | null;
}

/** Runs a job at the minutes of a cron expression, read in `timezone` (IANA name), one run at a time. */
export function schedule(job: Job, cron: string, timezone: string, log: Log): ScheduledJob {
  const runNow = oneAtATime(job, log);
  const task = createTask(cron, runNow, { name: job.name, timezone });
  void task.start();
  const stop = async () => {
    await task.destroy();
    await runNow.underWay();
  };
  return { runNow, stop, nextRun: () => task.getNextRun() };
}

/** When a cron expression, read in `timezone`, has its next minute; `null`: never. */
export function nextRunOf(cron: string, timezone: string): Date | null {
  return createTask(cron, () => {}, { timezone }).getNextRuns(1)[0] ?? null;
}

/** Runs a job every so many milliseconds, one run at a time. */
export function every(milliseconds: number, job: Job, log: Log): RunningJob {
  const runNow = oneAtATime(job, log);
  const timer = setInterval(() => void runNow(), milliseconds);
  const stop = async () => {
    clearInterval(timer);
    await runNow.underWay();
  };
  return { runNow, stop };
}

/** Each run has a trace of its own. One that fails is logged, and the next one comes as planned. */
function oneAtATime({ name, run }: Job, log: Log) {
  let underWay: Promise<void> | null = null;
  const attempt = async () => {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, job: name }, `${name} failed; it will be tried again as planned`);
    }
  };
  const runNow = () => {
    underWay ??= traced(newTrace(), attempt).finally(() => (underWay = null));
    return underWay;
  };
  return Object.assign(runNow, { underWay: () => underWay ?? Promise.resolve() });
}
