import type { PaperFacts } from '../../src/core/paper.ts';
import { emptyDatabase } from '../helpers/databases.ts';
import { storePapers } from './archive.ts';

/** A database of its own that holds the papers, with ids from 1 in their order. */
export async function archiveOf(papers: PaperFacts[]) {
  const db = await emptyDatabase();
  if (papers.length > 0) await storePapers(db, papers);
  return db;
}
