import { setImmediate as breathe } from 'node:timers/promises';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';
import { write } from './write.ts';

/** That a destination was told of a paper. */
export interface ToldPaper {
  destination: Destination;
  paperId: number;
  /** The message; `null` when it is no longer known. */
  deliveryId: number | null;
  toldAt: Date;
}

/** When and by which message a destination was told of a paper, or `null`. */
export async function findTold(db: Db, destination: Destination, paperId: number): Promise<ToldPaper | null> {
  const row = await db
    .selectFrom('told_papers')
    .select(['delivery_id', 'told_at'])
    .where('destination_kind', '=', destination.kind)
    .where('destination_id', '=', destination.id)
    .where('paper_id', '=', paperId)
    .executeTakeFirst();
  return row ? { destination, paperId, deliveryId: row.delivery_id, toldAt: new Date(row.told_at) } : null;
}

/** Notes that destinations are told of papers. Returns how many of them are new: each comes once to a destination. */
export function recordTold(db: Db, told: readonly ToldPaper[]): Promise<number> {
  const rows = told.map(({ destination, paperId, deliveryId, toldAt }) => ({
    destination_kind: destination.kind,
    destination_id: destination.id,
    paper_id: paperId,
    delivery_id: deliveryId,
    told_at: toldAt.toISOString(),
  }));
  return write(db, async (trx) => {
    let count = 0;
    for (const chunk of chunks(rows)) {
      const stored = trx.insertInto('told_papers').values(chunk);
      const result = await stored
        .onConflict((oc) => oc.columns(['destination_kind', 'destination_id', 'paper_id']).doNothing())
        .executeTakeFirst();
      count += Number(result.numInsertedOrUpdatedRows ?? 0);
      await breathe();
    }
    return count;
  });
}
