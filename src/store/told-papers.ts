import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';
import { givenRows } from './given-rows.ts';
import { write } from './write.ts';

/** Rows written in one statement, which takes a few milliseconds. */
const AT_ONCE = 1000;

const TOLD = {
  destination_kind: 'text',
  destination_id: 'text',
  paper_id: 'integer',
  delivery_id: 'integer',
} as const;

/** That a destination is told of papers by one message. */
export interface Told {
  destination: Destination;
  deliveryId: number | null;
  paperIds: readonly number[];
}

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
export function recordTold(db: Db, told: readonly Told[], now: Date): Promise<number> {
  const rows: (string | number | null)[][] = [];
  for (const { destination, deliveryId, paperIds } of told) {
    for (const paperId of paperIds) rows.push([destination.kind, destination.id, paperId, deliveryId]);
  }
  return write(db, async (trx) => {
    let count = 0;
    for (const chunk of chunks(rows, AT_ONCE)) {
      const given = givenRows(trx, TOLD, chunk);
      const { numAffectedRows = 0n } =
        await sql`insert into told_papers (destination_kind, destination_id, paper_id, delivery_id, told_at)
        select destination_kind, destination_id, paper_id, delivery_id, ${now.toISOString()} from ${given} as given where true
        on conflict (destination_kind, destination_id, paper_id) do nothing`.execute(trx);
      count += Number(numAffectedRows);
      await breathe();
    }
    return count;
  });
}
