import type { Selectable, Transaction } from 'kysely';
import type { Db } from './database.ts';
import type { Schema, SummaryPostsTable } from './schema.ts';
import { write } from './write.ts';

/** What became of a local day on which a summary was due. */
export interface SummaryPost {
  summaryId: number;
  /** `YYYY-MM-DD`. */
  localDate: string;
  /** `skipped`: the bot was down, and came back too late. */
  outcome: SummaryPostsTable['outcome'];
  /** Why nothing was posted, in words for people (Markdown). */
  reason: string | null;
  deliveryId: number | null;
  plannedAt: Date;
  /** What the post shows; `null` when there is none. */
  editionJson: string | null;
  edits: number;
  editedAt: Date | null;
}

export type NewSummaryPost = Omit<SummaryPost, 'deliveryId' | 'edits' | 'editedAt'>;

/**
 * Keeps what became of a day. Each day has one post: returns false, and changes nothing, when it has one already; a day that
 * was empty or skipped may still get its post.
 */
export async function recordPost(trx: Transaction<Schema>, post: NewSummaryPost): Promise<boolean> {
  const facts = {
    outcome: post.outcome,
    reason: post.reason,
    planned_at: post.plannedAt.toISOString(),
    edition_json: post.editionJson,
  };
  const isNew = await trx
    .insertInto('summary_posts')
    .values({ summary_id: post.summaryId, local_date: post.localDate, ...facts })
    .onConflict((oc) => oc.columns(['summary_id', 'local_date']).doNothing())
    .returning('local_date')
    .executeTakeFirst();
  if (isNew) return true;
  if (post.outcome !== 'planned') return false;
  const { numUpdatedRows } = await trx
    .updateTable('summary_posts')
    .set(facts)
    .where('summary_id', '=', post.summaryId)
    .where('local_date', '=', post.localDate)
    .where('outcome', '!=', 'planned')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Notes which message tells of a day. */
export async function setDelivery(
  trx: Transaction<Schema>,
  { summaryId, localDate }: Pick<SummaryPost, 'summaryId' | 'localDate'>,
  deliveryId: number,
): Promise<void> {
  await trx
    .updateTable('summary_posts')
    .set({ delivery_id: deliveryId })
    .where('summary_id', '=', summaryId)
    .where('local_date', '=', localDate)
    .execute();
}

/** What became of a day; `null` when it was not due or is to come. */
export async function findPost(db: Db, summaryId: number, localDate: string): Promise<SummaryPost | null> {
  const row = await postsOf(db, summaryId).where('local_date', '=', localDate).executeTakeFirst();
  return row ? postOf(row) : null;
}

/** What became of the last days on which a summary was due, at most `limit`, the newest first. */
export async function lastPosts(db: Db, summaryId: number, limit: number): Promise<SummaryPost[]> {
  return (await postsOf(db, summaryId).orderBy('local_date', 'desc').limit(limit).execute()).map(postOf);
}

/** The newest local day with a post; `null` before the first. */
export async function newestPostedDate(db: Db, summaryId: number): Promise<string | null> {
  const posted = postsOf(db, summaryId).where('outcome', '=', 'planned');
  return (await posted.orderBy('local_date', 'desc').limit(1).executeTakeFirst())?.local_date ?? null;
}

/** The posts planned since, of all summaries. */
export async function postsSince(db: Db, since: Date): Promise<SummaryPost[]> {
  const rows = await db
    .selectFrom('summary_posts')
    .selectAll()
    .where('planned_at', '>=', since.toISOString())
    .where('outcome', '=', 'planned')
    .orderBy('planned_at')
    .execute();
  return rows.map(postOf);
}

/** Keeps what a post shows since an edit. Returns false when somebody else edited it since it was read. */
export async function recordEdit(
  trx: Transaction<Schema>,
  { summaryId, localDate, edits }: SummaryPost,
  editionJson: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('summary_posts')
    .set({ edition_json: editionJson, edits: edits + 1, edited_at: now.toISOString() })
    .where('summary_id', '=', summaryId)
    .where('local_date', '=', localDate)
    .where('edits', '=', edits)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Forgets what posts planned before `date` show, and which papers those were; that there was a post stays known. */
export async function forgetEditionsBefore(db: Db, date: Date): Promise<void> {
  await write(db, (trx) =>
    trx
      .updateTable('summary_posts')
      .set({ edition_json: null })
      .where('planned_at', '<', date.toISOString())
      .where('edition_json', 'is not', null)
      .execute(),
  );
  const day = date.toISOString().slice(0, 10);
  await write(db, (trx) => trx.deleteFrom('summary_papers').where('local_date', '<', day).execute());
}

function postsOf(db: Db, summaryId: number) {
  return db.selectFrom('summary_posts').selectAll().where('summary_id', '=', summaryId);
}

function postOf(row: Selectable<SummaryPostsTable>): SummaryPost {
  return {
    summaryId: row.summary_id,
    localDate: row.local_date,
    outcome: row.outcome,
    reason: row.reason,
    deliveryId: row.delivery_id,
    plannedAt: new Date(row.planned_at),
    editionJson: row.edition_json,
    edits: row.edits,
    editedAt: row.edited_at === null ? null : new Date(row.edited_at),
  };
}
