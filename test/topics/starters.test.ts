import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/search/query/parse.ts';
import { STARTERS } from '../../src/topics/starters.ts';

describe('ready topics', () => {
  it('fit into one select, each under a name of its own', () => {
    expect(STARTERS.length).toBeLessThanOrEqual(25);
    expect(new Set(STARTERS.map(({ name }) => name)).size).toBe(STARTERS.length);
  });

  it.each(STARTERS.map(({ name, query }) => [name, query]))('%s is understood as it is written', (_, query) => {
    expect(parseQuery(query)).toMatchObject({ node: expect.anything() as unknown, faults: [] });
  });
});
