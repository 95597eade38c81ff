import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { titleKey } from '../../src/core/identity.ts';
import { newestSequence } from '../../src/store/papers.ts';
import { rereadDigest } from '../../src/store/reread.ts';
import { allPapers, entries, type Known, memory, store } from './fixtures.ts';

// Few values, so that papers meet in every way.
const paper: fc.Arbitrary<Known> = fc.record({
  title: fc.constantFrom('Alpha', 'ALPHA!', 'Beta', 'Gamma'),
  abstract: fc.constantFrom(null, 'One.', 'Two.'),
  arxivId: fc.constantFrom(null, null, '2401.00001', '2401.00002'),
  externalId: fc.constantFrom(null, null, 'x', 'y'),
  authorCount: fc.constantFrom(null, 1, 2),
  comments: fc.constantFrom(null, 1, 2),
});
const digest = fc.record({
  date: fc.constantFrom(null, '2025-03-01', '2025-03-02', '2025-03-12'),
  papers: fc.array(paper, { maxLength: 6 }),
});
const digests = fc.array(digest, { maxLength: 6 });

type Digests = typeof digests extends fc.Arbitrary<infer T> ? T : never;

async function storeAll(all: Digests) {
  const db = await memory();
  for (const { date, papers } of all) await store(db, papers, { date });
  return db;
}

it('every entry is found at its place under a paper with its arXiv id or its title', () =>
  fc.assert(
    fc.asyncProperty(digests, async (all) => {
      const papers = await allPapers(await storeAll(all));
      const places = papers.flatMap(({ appearances, ...facts }) => appearances.map((shown) => ({ ...shown, facts })));
      expect(places).toHaveLength(all.flatMap(({ papers }) => papers).length);
      for (const { digestId, position, facts } of places) {
        const entry = all[digestId - 1]?.papers[position - 1];
        if (!entry) throw new Error(`Nothing stands at ${position} in digest ${digestId}.`);
        if (entry.arxivId) expect(facts.arxivId).toBe(entry.arxivId);
        else expect(titleKey(facts.title)).toBe(titleKey(entry.title));
        if (entry.externalId && !entry.arxivId) expect(facts.externalId).toBe(entry.externalId);
      }
    }),
  ));

it('no two papers have one arXiv id, and none is without an appearance', () =>
  fc.assert(
    fc.asyncProperty(digests, async (all) => {
      const papers = await allPapers(await storeAll(all));
      const ids = papers.flatMap(({ arxivId }) => arxivId ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      expect(papers.every(({ appearances }) => appearances.length > 0)).toBe(true);
    }),
  ));

it('reading every digest again with the same result changes nothing', () =>
  fc.assert(
    fc.asyncProperty(digests, async (all) => {
      const db = await storeAll(all);
      const before = await allPapers(db);
      const sequence = await newestSequence(db);
      for (const [index, { date, papers }] of all.entries()) {
        const reading = { layout: 'spaced' as const, date, entries: entries(...papers), rejected: [] };
        const counts = await rereadDigest(db, index + 1, () => reading);
        expect(counts).toEqual({ entries: papers.length, new: 0, updated: 0, removed: 0 });
      }
      expect(await allPapers(db)).toEqual(before);
      expect(await newestSequence(db)).toBe(sequence);
    }),
  ));

it('reading again with another result leaves no paper behind that no digest shows', () =>
  fc.assert(
    fc.asyncProperty(digests, digests, async (all, others) => {
      const db = await storeAll(all);
      for (let index = 0; index < Math.min(all.length, others.length); index += 1) {
        const { date = null, papers = [] } = others[index] ?? {};
        const reading = { layout: 'spaced' as const, date, entries: entries(...papers), rejected: [] };
        await rereadDigest(db, index + 1, () => reading);
      }
      const stored = await allPapers(db);
      expect(stored.every(({ appearances }) => appearances.length > 0)).toBe(true);
    }),
  ));
