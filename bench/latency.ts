import { performance } from 'node:perf_hooks';

/** Milliseconds that most calls stay within. */
export interface Latency {
  p50: number;
  p99: number;
  most: number;
}

/** Times one call per input, after a warm-up; stops early when `seconds` are over. */
export async function latency<Input>(
  inputs: Input[],
  call: (input: Input) => unknown,
  { warmUp = 500, seconds = 20 } = {},
): Promise<Latency> {
  const times: number[] = [];
  const deadline = performance.now() + seconds * 1000;
  for (const input of inputs.slice(0, warmUp)) {
    await call(input);
    await turn();
    if (performance.now() > deadline - seconds * 500) break;
  }
  for (const input of inputs) {
    const start = performance.now();
    await call(input);
    times.push(performance.now() - start);
    await turn();
    if (performance.now() > deadline) break;
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
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
