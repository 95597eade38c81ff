import type { Db } from '../../store/database.ts';
import { newestSequence, papersChangedAfter, removedAfter } from '../../store/papers.ts';
import { freeze } from './frozen-segment.ts';
import { GrowingSegment } from './growing-segment.ts';
import type { PaperIndex } from './paper-index.ts';
import type { Cursor, Snapshot } from './snapshot.ts';

/** Papers read at once: a few milliseconds' work. */
const BATCH = 20;

/** What receives papers from the store. */
type Receiver = Pick<PaperIndex, 'put' | 'remove'>;

/**
 * Takes over what the store holds beyond the cursor, in slices, and moves the cursor. Returns how many papers were read.
 * Removals are asked for last: a paper read before it was removed is then removed here too.
 */
export async function follow(db: Db, receiver: Receiver, cursor: Cursor): Promise<number> {
  let read = 0;
  for (;;) {
    const batch = await papersChangedAfter(db, cursor.papers, BATCH);
    for (const { paper, sequence } of batch) {
      receiver.put(paper);
      cursor.papers = sequence;
    }
    read += batch.length;
    if (batch.length < BATCH) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const { paperId, sequence } of await removedAfter(db, cursor.removals)) {
    receiver.remove(paperId);
    cursor.removals = sequence;
  }
  return read;
}

/** Reads all papers of the store into a frozen segment. */
export async function buildSnapshot(db: Db): Promise<Snapshot> {
  const segment = new GrowingSegment();
  const cursor: Cursor = { papers: 0, removals: await newestSequence(db) };
  const remove = (paperId: number) => {
    const slot = segment.slotOf(paperId);
    if (slot >= 0) segment.columns.gone[slot] = 1;
  };
  await follow(
    db,
    {
      put(paper) {
        remove(paper.id);
        segment.add(paper);
      },
      remove,
    },
    cursor,
  );
  return { arrays: freeze(segment), cursor };
}
