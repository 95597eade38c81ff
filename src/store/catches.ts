import { setImmediate as breathe } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import type { CatchesTable, CatchOutcome, DeliveryState } from './schema.ts';
import { write } from './write.ts';

/** A paper that matched a topic when it was new to the archive, and what became of it. */
export interface Catch {
  topicId: number;
  paperId: number;
  caughtAt: Date;
  /** `null`: it waits. */
  outcome: CatchOutcome | null;
  /** The message that tells of it; `null` when none does (yet). */
  deliveryId: number | null;
  settledAt: Date | null;
}

/** Stores catches, whole or not at all. What was caught before stays as it is. */
export async function recordCatches(
  db: Db,
  caught: readonly Pick<Catch, 'topicId' | 'paperId' | 'outcome'>[],
  now: Date,
): Promise<void> {
  const caught_at = now.toISOString();
  const rows = caught.map(({ topicId, paperId, outcome }) => ({
    topic_id: topicId,
    paper_id: paperId,
    caught_at,
    outcome,
    settled_at: outcome && caught_at,
  }));
  await write(db, async (trx) => {
    for (const chunk of chunks(rows)) {
      const stored = trx.insertInto('catches').values(chunk);
      await stored.onConflict((oc) => oc.columns(['topic_id', 'paper_id']).doNothing()).execute();
      await breathe();
    }
  });
}

/** The catch of a paper by a topic, or `null`. */
export async function findCatch(db: Db, topicId: number, paperId: number): Promise<Catch | null> {
  const ofTopic = db.selectFrom('catches').selectAll().where('topic_id', '=', topicId);
  const row = await ofTopic.where('paper_id', '=', paperId).executeTakeFirst();
  return row ? catchOf(row) : null;
}

/** At most `limit` ids of topics above `after` that have catches waiting, ascending. */
export async function topicsWithWaiting(db: Db, after: number, limit: number): Promise<number[]> {
  const waiting = db.selectFrom('catches').select('topic_id').distinct().where('outcome', 'is', null);
  const rows = await waiting.where('topic_id', '>', after).orderBy('topic_id').limit(limit).execute();
  return rows.map(({ topic_id }) => topic_id);
}

/** A catch that waits. */
export interface WaitingCatch extends Catch {
  outcome: null;
  /** When the topic's destination was told of the paper before; `null`: never. */
  told: Pick<Catch, 'deliveryId'> | null;
}

/** What waits for these topics, in the order of topics and papers. */
export async function waitingCatches(db: Db, topicIds: readonly number[]): Promise<WaitingCatch[]> {
  const caught: WaitingCatch[] = [];
  for (const chunk of chunks(topicIds)) {
    const rows = await db
      .selectFrom('catches')
      .innerJoin('topics', 'topics.id', 'catches.topic_id')
      .leftJoin('told_papers as told', (join) =>
        join
          .onRef('told.destination_kind', '=', 'topics.destination_kind')
          .onRef('told.destination_id', '=', 'topics.destination_id')
          .onRef('told.paper_id', '=', 'catches.paper_id'),
      )
      .selectAll('catches')
      .select(['told.paper_id as told_id', 'told.delivery_id as told_delivery'])
      .where('outcome', 'is', null)
      .where('topic_id', 'in', chunk)
      .orderBy('topic_id')
      .orderBy('catches.paper_id')
      .execute();
    for (const row of rows) {
      const told = row.told_id === null ? null : { deliveryId: row.told_delivery };
      caught.push({ ...catchOf(row), outcome: null, told });
    }
  }
  return caught;
}

/** How many catches of a topic wait. */
export async function countWaiting(db: Db, topicId: number): Promise<number> {
  const waiting = db.selectFrom('catches').where('outcome', 'is', null).where('topic_id', '=', topicId);
  return Number((await waiting.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
}

/** What became of a catch that waited. */
export interface SettledCatch extends Pick<Catch, 'topicId' | 'paperId' | 'caughtAt' | 'deliveryId'> {
  outcome: CatchOutcome;
}

/** Settles catches that wait. Returns how many did: others have been settled by somebody else. */
export function settleCatches(db: Db, settled: readonly SettledCatch[], now: Date): Promise<number> {
  const rows = settled.map(({ topicId, paperId, caughtAt, outcome, deliveryId }) => ({
    topic_id: topicId,
    paper_id: paperId,
    caught_at: caughtAt.toISOString(),
    outcome,
    delivery_id: deliveryId,
    settled_at: now.toISOString(),
  }));
  return write(db, async (trx) => {
    let count = 0;
    for (const chunk of chunks(rows)) {
      // One statement for many rows: each is there, so that nothing is ever inserted.
      const changed = await trx
        .insertInto('catches')
        .values(chunk)
        .onConflict((oc) =>
          oc
            .columns(['topic_id', 'paper_id'])
            .doUpdateSet((eb) => ({
              outcome: eb.ref('excluded.outcome'),
              delivery_id: eb.ref('excluded.delivery_id'),
              settled_at: eb.ref('excluded.settled_at'),
            }))
            .where('catches.outcome', 'is', null),
        )
        .executeTakeFirst();
      count += Number(changed.numInsertedOrUpdatedRows ?? 0);
      await breathe();
    }
    return count;
  });
}

/** A paper that came for a reader. */
export interface InboxEntry {
  paperId: number;
  caughtAt: Date;
  /** The reader's topics that caught it, the oldest first. */
  topics: { id: number; name: string }[];
  /** `sent` and `failed` speak of the message that tells of it, `planned` of one that is on its way. */
  state: 'waits' | 'inbox' | 'planned' | 'sent' | 'failed';
}

/** The papers that a reader's own topics caught, the latest first, and how many there are. */
export async function inboxOf(
  db: Db,
  readerId: string,
  { limit = 10, offset = 0 } = {},
): Promise<{ total: number; entries: InboxEntry[] }> {
  const caught = db
    .selectFrom('catches')
    .innerJoin('topics', 'topics.id', 'catches.topic_id')
    .innerJoin('papers', 'papers.id', 'catches.paper_id')
    .where('topics.reader_id', '=', readerId)
    .where('topics.guild_id', 'is', null)
    .where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', 'in', ['told', 'told before', 'inbox'])]));
  const { count } = await caught
    .select((eb) => eb.fn.count('catches.paper_id').distinct().as('count'))
    .executeTakeFirstOrThrow();
  const page = await caught
    .select((eb) => ['catches.paper_id', eb.fn.max('caught_at').as('caught_at')])
    .groupBy('catches.paper_id')
    .orderBy('caught_at', 'desc')
    .orderBy('catches.paper_id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const ids = page.map(({ paper_id }) => paper_id);
  const rows = await caught
    .leftJoin('deliveries', 'deliveries.id', 'catches.delivery_id')
    .select(['topic_id', 'topics.name', 'catches.paper_id', 'outcome', 'deliveries.state'])
    .where('catches.paper_id', 'in', ids)
    .orderBy('topic_id')
    .execute();
  const entries = page.map(({ paper_id, caught_at }) => {
    const own = rows.filter((row) => row.paper_id === paper_id);
    const topics = own.map(({ topic_id, name }) => ({ id: topic_id, name }));
    return { paperId: paper_id, caughtAt: new Date(caught_at), topics, state: stateOf(own) };
  });
  return { total: Number(count), entries };
}

function stateOf(rows: { outcome: CatchOutcome | null; state: DeliveryState | null }[]): InboxEntry['state'] {
  const told = rows.find(({ state }) => state !== null)?.state;
  if (told) return told === 'sending' ? 'planned' : told;
  return rows.some(({ outcome }) => outcome === null) ? 'waits' : 'inbox';
}

/** Forgets what was settled before `date`; which papers a destination was told of stays known. */
export async function forgetCatchesBefore(db: Db, date: Date): Promise<void> {
  await write(db, (trx) => trx.deleteFrom('catches').where('settled_at', '<', date.toISOString()).execute());
}

function catchOf(row: Selectable<CatchesTable>): Catch {
  return {
    topicId: row.topic_id,
    paperId: row.paper_id,
    caughtAt: new Date(row.caught_at),
    outcome: row.outcome,
    deliveryId: row.delivery_id,
    settledAt: row.settled_at === null ? null : new Date(row.settled_at),
  };
}
