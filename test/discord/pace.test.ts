import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace, HeldError } from '../../src/discord/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answer = (milliseconds: number) => () => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe('a pace', () => {
  it('counts a request until a second after its answer, and later less what the fastest took', async () => {
    const pace = createPace(3, 1000);
    const counted = async (latency: number) => {
      const begun = performance.now();
      void pace.run(answer(latency));
      await vi.advanceTimersByTimeAsync(0);
      while (pace.room() < 7) await vi.advanceTimersByTimeAsync(1);
      return performance.now() - begun;
    };
    expect(await counted(500)).toBe(1500);
    for (let count = 0; count < 5; count += 1) await counted(600);
    expect(await counted(500)).toBe(1050);
    expect(await counted(800)).toBe(1350);
  });

  it('counts what failed too', async () => {
    const pace = createPace(3, 1000);
    await expect(pace.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(pace.room()).toBe(6);
  });

  it.each([
    ['quick', () => 2 + Math.random()],
    ['slow', () => 300 + Math.random()],
    ['uneven', () => 20 + Math.random() * 200],
  ])('keeps to the limit at Discord while its ways there and back are %s', async (_, way) => {
    const [limit, window] = [50, 1000];
    const pace = createPace(limit, window);
    const arrivals: number[] = [];
    const start = performance.now();
    const requests = Array.from({ length: 500 }, () =>
      pace.run(async () => {
        await answer(way())();
        arrivals.push(performance.now());
        await answer(way())();
      }),
    );
    await vi.runAllTimersAsync();
    await Promise.all(requests);
    const rate = arrivals.length / ((performance.now() - start) / 1000);
    for (const [index, arrival] of arrivals.entries()) {
      expect(arrival - (arrivals[index - limit] ?? -Infinity)).toBeGreaterThan(window - 2);
    }
    expect(rate).toBeGreaterThan(35);
    process.stdout.write(`${rate.toFixed(1)} requests a second\n`);
  });

  it('begins nothing while it is held, and less for a while after that', async () => {
    const pace = createPace(10, 1000);
    const waiting = Array.from({ length: 12 }, () => pace.run(answer(1)).catch((error: unknown) => error));
    await vi.advanceTimersByTimeAsync(100);
    pace.hold(5000);
    expect(pace.room()).toBe(0);
    await expect(pace.run(answer(1))).rejects.toBeInstanceOf(HeldError);
    await vi.advanceTimersByTimeAsync(1);
    expect((await Promise.all(waiting)).filter((end) => end instanceof HeldError).length).toBeGreaterThan(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(pace.room()).toBe(12);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pace.room()).toBe(14);
  });
});
