import { emptyDatabase } from '../helpers/databases.ts';
import { type Entry, type Layout, type PaperFacts, unknownFacts } from '../../src/core/paper.ts';
import type { Db } from '../../src/store/database.ts';
import { findPapers, papersAddedAfter } from '../../src/store/papers.ts';
import { storeDigest, type StoredCounts } from '../../src/store/store-digest.ts';
import type { Look } from '../../src/store/source-states.ts';

export type Known = Partial<PaperFacts> & { title: string };

/** Entries of which only the given facts are known, in this order on their page. */
export function entries(...papers: Known[]): Entry[] {
  return papers.map((paper, index) => ({
    ...unknownFacts,
    ...paper,
    position: index + 1,
    line: index + 1,
  }));
}

export interface Stored {
  date?: string | null;
  givenDate?: string;
  /** The document; by default one that no other digest has. */
  raw?: string;
  source?: string;
  layout?: Layout;
  readOn?: string;
}

let documents = 0;

/** Stores a digest that lists `papers`. */
export function store(db: Db, papers: Known[], options: Stored = {}): Promise<StoredCounts> {
  const { date = '2025-03-10', givenDate = null, layout = 'spaced', source = 'file' } = options;
  return storeDigest(db, {
    source,
    origin: 'page.txt',
    raw: Buffer.from(options.raw ?? `document ${(documents += 1)}`),
    digest: { layout, date, entries: entries(...papers), rejected: [] },
    givenDate,
    readAt: new Date('2025-03-11T08:00:00Z'),
    readOn: options.readOn ?? '2025-03-11',
  });
}

export function memory(): Promise<Db> {
  return emptyDatabase();
}

/** Every paper, the one stored first first. */
export async function allPapers(db: Db) {
  const added = await papersAddedAfter(db, 0, 10_000);
  return findPapers(
    db,
    added.map(({ paper }) => paper.id),
  );
}

/** A source was read, and there was nothing new. */
export const NOTHING_NEW: Look = {
  outcome: 'read',
  problem: null,
  nextTryAt: null,
  isFresh: false,
  rest: null,
  staleAfter: () => null,
};
