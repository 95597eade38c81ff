import { expect, it } from 'vitest';
import { finishIngestion, lastIngestion, startIngestion } from '../../src/store/ingestions.ts';
import { memory } from './fixtures.ts';

const at = (minute: number) => new Date(Date.UTC(2025, 4, 1, 8, minute));

it('the last pass is known while it runs and after it', async () => {
  const db = await memory();
  expect(await lastIngestion(db)).toBeNull();
  const first = await startIngestion(db, at(0));
  await finishIngestion(db, first, { digests: 3, unreadable: 1, newPapers: 40 }, at(1));
  const whole = { startedAt: at(0), finishedAt: at(1), digests: 3, unreadable: 1, newPapers: 40 };
  expect(await lastIngestion(db)).toEqual(whole);
  await startIngestion(db, at(10));
  expect(await lastIngestion(db)).toMatchObject({ startedAt: at(10), finishedAt: null });
});
