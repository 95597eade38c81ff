import { existsSync, readFileSync } from 'node:fs';

/** Adds a row to a table: seconds, seconds of processor time of all threads, and the longest step of the main thread in milliseconds. */
export async function timed<Result>(rows: string[][], name: string, work: () => Promise<Result>): Promise<Result> {
  const steps = watchSteps();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const used = milliseconds(process.cpuUsage(cpu)) / 1000;
  rows.push([name, seconds.toFixed(2), used.toFixed(2), steps.longest().toFixed(0)]);
  return result;
}

/** The most processor time that the main thread takes between two turns of the event loop from now on, in milliseconds. */
export function watchSteps(): { longest: () => number } {
  let longest = 0;
  let isOver = false;
  let before = threadTime();
  const look = () => {
    const now = threadTime();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  return {
    longest: () => {
      isOver = true;
      return longest;
    },
  };
}

/**
 * Processor time of the main thread, in milliseconds: what other processes of a busy machine take is left out. Where Linux does
 * not tell it, that of the whole process.
 */
export function threadTime(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  if (!existsSync(file)) return milliseconds(process.cpuUsage());
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

/** How long the main thread was ready and got no processor, since it began, in milliseconds; 0 where Linux does not tell. */
export function waitingTime(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6 : 0;
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
