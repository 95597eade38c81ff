import { expect, it } from 'vitest';
import { runLoad } from '../../bench/load-run.ts';
import type { Document } from '../../bench/sets.ts';
import { manyPapers } from '../e2e/bot.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';

/** Discord gives up an interaction after so many milliseconds. */
const PATIENCE = 3000;

it('gives each of a hundred who ask at once a first answer in time, again and again, while thousands of papers come in', async () => {
  const documents: Document[] = manyPapers(4000).map(({ title, abstract }, index) => ({
    id: String(index),
    title,
    abstract: `${abstract ?? ''} It was read ${index} times and is of no use to ${index + 1} people.`,
  }));
  const databaseUrl = await newDatabaseUrl();
  const load = await runLoad({ databaseUrl, documents, begin: 1000, atOnce: 100, digest: 500 });
  expect([load.errors, load.unanswered, load.complaints]).toEqual([[], 0, []]);
  expect(load.first.length).toBeGreaterThanOrEqual(100);
  expect(Math.max(...load.first)).toBeLessThan(PATIENCE);
  expect(load.longestBlock).toBeLessThan(PATIENCE);
});
