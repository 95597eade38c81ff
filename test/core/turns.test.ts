import { expect, it } from 'vitest';
import { nextTurn } from '../../src/core/turns.ts';

it('gives turns in the order in which they were asked for, and lets timers come between them', async () => {
  const order: string[] = [];
  const work = async (name: string) => {
    for (let step = 1; step <= 2; step += 1) {
      await nextTurn();
      order.push(`${name}${step}`);
      const end = performance.now() + 5;
      while (performance.now() < end);
    }
  };
  setTimeout(() => order.push('timer'), 1);
  await Promise.all(['a', 'b', 'c'].map(work));
  expect(order.filter((one) => one !== 'timer')).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
  expect(order.indexOf('timer')).toBeLessThan(3);
});

it('has a turn for whoever asks later', async () => {
  await nextTurn();
  await nextTurn();
  expect(await Promise.all([nextTurn(), nextTurn()])).toHaveLength(2);
});
