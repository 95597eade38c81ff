import { titleKey } from '../core/identity.ts';
import type { Appearance, Paper } from '../core/paper.ts';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import { type PaperRow, paperOf } from './facts.ts';

/** A paper with the sequence number it was asked by. */
export interface SequencedPaper {
  paper: Paper;
  sequence: number;
}

/** The papers with these ids, in the order of `ids`; unknown ids are left out. */
export async function findPapers(db: Db, ids: readonly number[]): Promise<Paper[]> {
  const papers = new Map<number, Paper>();
  for (const chunk of chunks([...new Set(ids)])) {
    const rows = await db.selectFrom('papers').selectAll().where('id', 'in', chunk).execute();
    for (const paper of await withAppearances(db, rows)) papers.set(paper.id, paper);
  }
  return ids.flatMap((id) => papers.get(id) ?? []);
}

/** The paper with this id, or `null`. */
export async function findPaper(db: Db, id: number): Promise<Paper | null> {
  return (await findPapers(db, [id]))[0] ?? null;
}

/** The paper with this arXiv id (without version), or `null`. */
export async function findPaperByArxivId(db: Db, arxivId: string): Promise<Paper | null> {
  const rows = await db.selectFrom('papers').selectAll().where('arxiv_id', '=', arxivId).execute();
  return (await withAppearances(db, rows))[0] ?? null;
}

/** The papers whose title has the same key, oldest first. */
export async function findPapersByTitle(db: Db, title: string): Promise<Paper[]> {
  const rows = await db
    .selectFrom('papers')
    .selectAll()
    .where('title_key', '=', titleKey(title))
    .orderBy('id')
    .execute();
  return withAppearances(db, rows);
}

/**
 * At most `limit` papers of which something was learnt or corrected after sequence number `sequence`, new ones included, in
 * the order of their latest change. A further appearance alone is no change.
 */
export function papersChangedAfter(db: Db, sequence: number, limit: number): Promise<SequencedPaper[]> {
  return papersAfter(db, 'changed_sequence', sequence, limit);
}

/** At most `limit` papers first stored after sequence number `sequence`, in that order. */
export function papersAddedAfter(db: Db, sequence: number, limit: number): Promise<SequencedPaper[]> {
  return papersAfter(db, 'added_sequence', sequence, limit);
}

/** The ids of papers that a reread dissolved after sequence number `sequence`, in that order. */
export async function removedAfter(db: Db, sequence: number): Promise<{ paperId: number; sequence: number }[]> {
  return db
    .selectFrom('removed_papers')
    .select(['paper_id as paperId', 'sequence'])
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .execute();
}

/** How many papers are stored. */
export async function countPapers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('papers')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The sequence number of the latest change to any paper; 0 before the first. */
export async function newestSequence(db: Db): Promise<number> {
  const { value } = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'papers')
    .executeTakeFirstOrThrow();
  return value;
}

async function papersAfter(
  db: Db,
  column: 'added_sequence' | 'changed_sequence',
  sequence: number,
  limit: number,
): Promise<SequencedPaper[]> {
  const rows = await db
    .selectFrom('papers')
    .selectAll()
    .where(column, '>', sequence)
    .orderBy(column)
    .limit(limit)
    .execute();
  const papers = await withAppearances(db, rows);
  return papers.map((paper, index) => ({ paper, sequence: rows[index]?.[column] ?? sequence }));
}

async function withAppearances(db: Db, rows: PaperRow[]): Promise<Paper[]> {
  const appearances = new Map<number, Appearance[]>(rows.map(({ id }) => [id, []]));
  for (const chunk of chunks(rows)) {
    for (const { paperId, ...appearance } of await selectAppearances(
      db,
      chunk.map(({ id }) => id),
    )) {
      appearances.get(paperId)?.push(appearance);
    }
  }
  return rows.map((row) => ({ ...paperOf(row), appearances: appearances.get(row.id) ?? [] }));
}

function selectAppearances(db: Db, paperIds: number[]): Promise<(Appearance & { paperId: number })[]> {
  return db
    .selectFrom('appearances')
    .innerJoin('digests', 'digests.id', 'appearances.digest_id')
    .select(['paper_id as paperId', 'digest_id as digestId', 'source', 'date', 'position', 'comments', 'upvotes'])
    .where('paper_id', 'in', paperIds)
    .orderBy('digest_id')
    .orderBy('position')
    .execute();
}
