import { type Entry, type PaperFacts, unknownFacts } from '../../src/core/paper.ts';
import type { Db } from '../../src/store/database.ts';
import { storeDigest } from '../../src/store/store-digest.ts';

/** A paper of which little is known but its words. */
export function facts(known: Partial<PaperFacts> & { title: string }): PaperFacts {
  return {
    ...unknownFacts,
    ...known,
  };
}

/** Stores the papers as one digest of a day. */
export async function storePapers(db: Db, papers: PaperFacts[], day = '2025-06-02'): Promise<void> {
  const entries: Entry[] = papers.map((paper, index) => ({ ...paper, position: index + 1, line: index + 1 }));
  const raw = new TextEncoder().encode(JSON.stringify(entries));
  await storeDigest(db, {
    source: 'test',
    origin: 'test',
    raw,
    digest: { layout: 'json-lines', date: day, entries, rejected: [] },
    givenDate: null,
    readAt: new Date(`${day}T08:00:00Z`),
    readOn: day,
  });
}
