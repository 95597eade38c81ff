import { expect, it } from 'vitest';
import { createPace } from '../../src/discord/pace.ts';

it('counts a request until a second after its answer, whatever the answer is', async () => {
  let now = 0;
  const pace = createPace(3, 1000, () => now);
  let answer = () => {};
  const late = pace.count(new Promise<void>((resolve) => (answer = resolve)));
  await expect(pace.count(Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(pace.room()).toBe(1);
  now = 1000;
  expect(pace.room()).toBe(2);
  answer();
  await late;
  now = 1999;
  expect(pace.room()).toBe(2);
  now = 2000;
  expect(pace.room()).toBe(3);
});
