import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printSearches } from '../../src/cli/search.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Search } from '../../src/search/result.ts';
import { createSearch } from '../../src/search/search.ts';
import type { Db } from '../../src/store/database.ts';
import { facts } from '../search/archive.ts';
import { archiveOf } from '../search/archive-of.ts';
import { recorder } from './terminal.ts';

const PAPERS = Array.from({ length: 60 }, (_, number) =>
  facts({ title: `Lattice number ${number}`, abstract: `About rings. Ring ${number} is the one.` }),
);

describe('paperboy search', () => {
  let db: Db;
  let search: Search;
  beforeAll(async () => {
    db = await archiveOf(PAPERS);
    search = await createSearch({ db, log: silentLog });
  });
  afterAll(() => db.destroy());

  it('prints one object a query and line, in the order of the queries', async () => {
    const { terminal, lines } = recorder();
    await printSearches(search, ['ring 7', 'nothing', 'lattice'], { limit: 100, json: true }, terminal);
    const [ring, nothing, lattice] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const hit = { id: 8, externalId: null, title: 'Lattice number 7', snippet: 'Ring 7 is the one.', close: false };
    expect(ring).toEqual({ query: 'ring 7', total: expect.any(Number), hits: expect.any(Array) });
    expect(ring).toHaveProperty(['hits', 0], { ...hit, score: expect.any(Number) });
    expect(nothing).toEqual({ query: 'nothing', total: 0, hits: [] });
    expect(lattice?.['hits']).toHaveLength(60);
  });

  it('prints titles and snippets for people, and where a query was not understood', async () => {
    const { terminal, lines, notes } = recorder();
    await printSearches(search, ['ring 7 since:soon', '"number 7"'], { limit: 1 }, terminal);
    expect(notes.join('\n')).toContain('at character 14: expected a day like 2025-01-31');
    expect(notes.at(-1)).toBe('1 match and 0 close for: "number 7"');
    expect(lines).toContain('8  Lattice number 7');
  });
});
