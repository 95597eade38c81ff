import { expect, it } from 'vitest';
import { runLoad } from '../../bench/load-run.ts';
import type { Document } from '../../bench/sets.ts';
import { manyPapers } from '../e2e/bot.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';

/** Discord gives up an interaction after so many milliseconds. */
const PATIENCE = 3000;

it(
  'gives each of a hundred who ask at once a first answer in time while papers come in',
  { timeout: 180_000 },
  async () => {
    const documents: Document[] = manyPapers(1500).map(({ title, abstract }, index) => ({
      id: String(index),
      title,
      abstract: `${abstract ?? ''} It was read ${index} times and is of no use to ${index + 1} people.`,
    }));
    const load = await runLoad({
      databaseUrl: await newDatabaseUrl(),
      documents,
      begin: 500,
      atOnce: 100,
      digest: 250,
    });
    expect([load.errors, load.unanswered, load.complaints]).toEqual([[], 0, []]);
    expect(load.first.length).toBeGreaterThanOrEqual(100);
    // What other programs took of the processor meanwhile is no fault of ours.
    expect(Math.max(...load.first) * (1 - load.starved)).toBeLessThan(PATIENCE);
    expect(load.longestStep).toBeLessThan(PATIENCE / 2);
  },
);
