import { chunks } from './chunks.ts';
import type { Db } from './database.ts';

/** What a list shows of a paper. */
export interface PaperText {
  id: number;
  externalId: string | null;
  title: string;
  abstract: string | null;
}

/** The texts of the papers with these ids, by id; unknown ids are left out. Costs a fraction of `findPapers`. */
export async function findPaperTexts(db: Db, ids: readonly number[]): Promise<Map<number, PaperText>> {
  const texts = new Map<number, PaperText>();
  for (const chunk of chunks([...new Set(ids)])) {
    const rows = await db
      .selectFrom('papers')
      .select(['id', 'external_id as externalId', 'title', 'abstract'])
      .where('id', 'in', chunk)
      .execute();
    for (const row of rows) texts.set(row.id, row);
  }
  return texts;
}
