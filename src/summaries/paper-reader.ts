import { setImmediate as breathe } from 'node:timers/promises';
import type { Paper } from '../core/paper.ts';
import type { Db } from '../store/database.ts';
import { findPapers } from '../store/papers.ts';

/** Papers read from the store at once. */
const BATCH = 50;

/** Papers by their ids; those that are not in the store are left out. */
export type ReadPapers = (ids: readonly number[]) => Promise<ReadonlyMap<number, Paper>>;

/** Reads each paper once: summaries that are due at the same minute show the same ones. */
export function paperReader(db: Db): ReadPapers {
  const known = new Map<number, Paper>();
  return async (ids) => {
    const missing = ids.filter((id) => !known.has(id));
    for (let at = 0; at < missing.length; at += BATCH) {
      for (const paper of await findPapers(db, missing.slice(at, at + BATCH))) known.set(paper.id, paper);
      await breathe();
    }
    return known;
  };
}
