import { performance } from 'node:perf_hooks';

const ROUNDS = 3;

/** Milliseconds that most calls stay within. */
export interface Latency {
  p50: number;
  p99: number;
  most: number;
}

/**
 * Starts a watch; it tells the milliseconds since, of processor time where that is less than what the clock says: then the
 * machine was busy with other work.
 */
export function stopwatch(): () => number {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - start, (user + system) / 1000);
  };
}

/**
 * Times calls with each input, after a warm-up: the best of `ROUNDS` times, since the machine may be busy with other work.
 * Stops early when `seconds` are over.
 */
export async function latency<Input>(
  inputs: Input[],
  call: (input: Input) => unknown,
  { warmUp = 500, seconds = 30 } = {},
): Promise<Latency> {
  const times: number[] = [];
  const deadline = performance.now() + seconds * 1000;
  for (const input of inputs.slice(0, warmUp)) {
    await call(input);
    await turn();
    if (performance.now() > deadline - seconds * 500) break;
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [place, input] of inputs.entries()) {
      const watch = stopwatch();
      await call(input);
      times[place] = Math.min(times[place] ?? Infinity, watch());
      await turn();
      if (performance.now() > deadline) return summary(times);
    }
  }
  return summary(times);
}

export function summary(times: number[]): Latency {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: times.at(-1) ?? 0 };
}

/** Milliseconds with as many digits as are worth reading. */
export function ms(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** Lets timers run, as they do between the questions of readers. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
