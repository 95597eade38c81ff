import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLog } from '../../src/core/log.ts';
import { currentTrace, newTrace, traced } from '../../src/core/trace.ts';

it('keeps two traces apart that are under way at once, and puts them on each line', async () => {
  const lines: string[] = [];
  const log = createLog('info', (line) => lines.push(line));
  const work = (id: string, milliseconds: number) =>
    traced(id, async () => {
      log.info('begins');
      await wait(milliseconds);
      log.info('ends');
      return currentTrace();
    });
  expect(await Promise.all([work('A', 20), work('B', 5)])).toEqual(['A', 'B']);
  log.info('outside');
  const said = lines.map((line) => JSON.parse(line) as { trace?: string; msg: string });
  expect(said.map(({ trace = '-', msg }) => `${trace} ${msg}`)).toEqual([
    'A begins',
    'B begins',
    'B ends',
    'A ends',
    '- outside',
  ]);
});

it('draws ids in the form of the references that readers are shown', () => {
  const drawn = Array.from({ length: 100 }, newTrace);
  for (const id of drawn) expect(id).toMatch(/^[0-9A-F]{6}$/);
  expect(new Set(drawn).size).toBeGreaterThan(95);
  expect(currentTrace()).toBeNull();
});
