import type { Db } from './database.ts';
import { write } from './write.ts';

/** Keeps a paper for a reader. Returns whether it was not kept before. */
export async function savePaper(db: Db, readerId: string, paperId: number, now: Date): Promise<boolean> {
  const row = await write(db, (trx) =>
    trx
      .insertInto('saved_papers')
      .values({ reader_id: readerId, paper_id: paperId, saved_at: now.toISOString() })
      .onConflict((oc) => oc.doNothing())
      .returning('paper_id')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/** Keeps a paper no longer. Returns whether it was kept. */
export async function unsavePaper(db: Db, readerId: string, paperId: number): Promise<boolean> {
  const query = (trx: Db) => trx.deleteFrom('saved_papers').where('reader_id', '=', readerId);
  const row = await write(db, (trx) =>
    query(trx).where('paper_id', '=', paperId).returning('paper_id').executeTakeFirst(),
  );
  return row !== undefined;
}

/** The papers a reader keeps that are in the archive, the latest first, and how many there are. */
export async function savedPapers(
  db: Db,
  readerId: string,
  { limit = 10, offset = 0 } = {},
): Promise<{ total: number; papers: { paperId: number; savedAt: Date }[] }> {
  const kept = db
    .selectFrom('saved_papers')
    .innerJoin('papers', 'papers.id', 'saved_papers.paper_id')
    .where('reader_id', '=', readerId);
  const { count } = await kept.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow();
  const rows = await kept
    .select(['paper_id', 'saved_at'])
    .orderBy('saved_at', 'desc')
    .orderBy('paper_id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const papers = rows.map(({ paper_id, saved_at }) => ({ paperId: paper_id, savedAt: new Date(saved_at) }));
  return { total: Number(count), papers };
}
