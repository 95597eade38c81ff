import type { Db } from './database.ts';
import { write } from './write.ts';

/** One pass over the sources. */
export interface Ingestion {
  startedAt: Date;
  /** `null` while it runs, or when it was cut off. */
  finishedAt: Date | null;
  /** Digests read. */
  digests: number;
  unreadable: number;
  newPapers: number;
}

/** Records that a pass began; returns its id for `finishIngestion`. */
export async function startIngestion(db: Db, now: Date): Promise<number> {
  const { id } = await write(db, (trx) =>
    trx
      .insertInto('ingestions')
      .values({ started_at: now.toISOString(), finished_at: null, digests: 0, unreadable: 0, new_papers: 0 })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}

/** Records what the pass brought. */
export async function finishIngestion(
  db: Db,
  id: number,
  counts: { digests: number; unreadable: number; newPapers: number },
  now: Date,
): Promise<void> {
  const { digests, unreadable, newPapers: new_papers } = counts;
  await write(db, (trx) =>
    trx
      .updateTable('ingestions')
      .set({ finished_at: now.toISOString(), digests, unreadable, new_papers })
      .where('id', '=', id)
      .execute(),
  );
}

/** The pass that began last, or `null` before the first. */
export async function lastIngestion(db: Db): Promise<Ingestion | null> {
  const row = await db.selectFrom('ingestions').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
  if (!row) return null;
  return {
    startedAt: new Date(row.started_at),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at),
    digests: row.digests,
    unreadable: row.unreadable,
    newPapers: row.new_papers,
  };
}

/** Forgets the passes that began before `date`; the last one stays known. */
export async function forgetIngestionsBefore(db: Db, date: Date): Promise<void> {
  await write(db, (trx) =>
    trx
      .deleteFrom('ingestions')
      .where('started_at', '<', date.toISOString())
      .where('id', '<', (eb) => eb.selectFrom('ingestions').select((inner) => inner.fn.max('id').as('id')))
      .execute(),
  );
}
