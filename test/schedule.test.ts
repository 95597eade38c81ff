import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../src/core/log.ts';
import { every, schedule, type ScheduledJob } from '../src/schedule.ts';

let job: ScheduledJob | undefined;

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-03-01T12:00:30Z') }));
afterEach(async () => {
  await job?.stop();
  vi.useRealTimers();
});

it('runs at the minutes of its expression and says when it runs next', async () => {
  let runs = 0;
  job = schedule({ name: 'count', run: async () => runs++ }, '*/10 * * * *', 'UTC', silentLog);
  expect(job.nextRun()?.toISOString()).toBe('2026-03-01T12:10:00.000Z');
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(runs).toBe(3);
});

it('goes on after a run that failed', async () => {
  let runs = 0;
  const run = async () => {
    runs++;
    throw new Error('once more');
  };
  job = schedule({ name: 'fail', run }, '* * * * *', 'UTC', silentLog);
  await vi.advanceTimersByTimeAsync(3 * 60_000);
  expect(runs).toBe(3);
});

it('never runs twice at a time: who asks meanwhile waits for the run under way', async () => {
  let runs = 0;
  let end = () => {};
  const run = () => {
    runs++;
    return new Promise<void>((resolve) => (end = resolve));
  };
  job = schedule({ name: 'slow', run }, '* * * * *', 'UTC', silentLog);
  const both = Promise.all([job.runNow(), job.runNow()]);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  end();
  await both;
  expect(runs).toBe(1);
});

it('waits at a stop for the run under way', async () => {
  let ended = false;
  const run = () => new Promise<void>((resolve) => setTimeout(() => resolve(void (ended = true)), 1000));
  job = schedule({ name: 'last', run }, '* * * * *', 'UTC', silentLog);
  void job.runNow();
  const stopped = job.stop();
  await vi.advanceTimersByTimeAsync(1000);
  await stopped;
  expect(ended).toBe(true);
});

it('runs every so many milliseconds, too', async () => {
  let runs = 0;
  const ticking = every(2000, { name: 'tick', run: async () => runs++ }, silentLog);
  await vi.advanceTimersByTimeAsync(7000);
  await ticking.stop();
  await vi.advanceTimersByTimeAsync(7000);
  expect(runs).toBe(3);
});
