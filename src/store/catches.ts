import { setImmediate as breathe } from 'node:timers/promises';
import { type Selectable, sql } from 'kysely';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import { inRanges } from './in-ranges.ts';
import { givenIds, givenRows } from './given-rows.ts';
import type { CatchesTable, CatchOutcome, DeliveryState } from './schema.ts';
import { write } from './write.ts';

/** Rows written in one statement, which takes a few milliseconds. */
const AT_ONCE = 1000;

const CAUGHT = { topic_id: 'integer', paper_id: 'integer', outcome: 'text', delivery_id: 'integer' } as const;

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

/**
 * Stores catches, whole or not at all; those with an outcome as settled. Returns how many it stored: what was caught before stays
 * as it is.
 */
export async function recordCatches(
  db: Db,
  caught: readonly Pick<Catch, 'topicId' | 'paperId' | 'outcome' | 'deliveryId'>[],
  now: Date,
): Promise<number> {
  const rows = caught.map(({ topicId, paperId, outcome, deliveryId }) => [topicId, paperId, outcome, deliveryId]);
  const at = now.toISOString();
  return write(db, async (trx) => {
    let count = 0;
    for (const chunk of chunks(rows, AT_ONCE)) {
      const given = givenRows(trx, CAUGHT, chunk);
      const { numAffectedRows = 0n } = await sql`insert into catches
        (topic_id, paper_id, caught_at, outcome, delivery_id, settled_at)
        select topic_id, paper_id, ${at}, outcome, delivery_id,
          case when outcome is null then null else ${at} end
        from ${given} as given where true
        on conflict (topic_id, paper_id) do nothing`.execute(trx);
      count += Number(numAffectedRows);
      await breathe();
    }
    return count;
  });
}

/** The catch of a paper by a topic, or `null`. */
export async function findCatch(db: Db, topicId: number, paperId: number): Promise<Catch | null> {
  const ofTopic = db.selectFrom('catches').selectAll().where('topic_id', '=', topicId);
  const row = await ofTopic.where('paper_id', '=', paperId).executeTakeFirst();
  return row ? catchOf(row) : null;
}

/** A catch that waits. */
export interface WaitingCatch extends Pick<Catch, 'topicId' | 'paperId' | 'caughtAt'> {
  /** When the topic's destination was told of the paper before; `null`: never. */
  told: Pick<Catch, 'deliveryId'> | null;
}

/** What waits for these topics, in the order of topics and papers. */
export async function waitingCatches(db: Db, topicIds: readonly number[]): Promise<WaitingCatch[]> {
  const rows = await db
    .selectFrom('catches')
    .innerJoin('topics', 'topics.id', 'catches.topic_id')
    .leftJoin('told_papers as told', (join) =>
      join
        .onRef('told.destination_kind', '=', 'topics.destination_kind')
        .onRef('told.destination_id', '=', 'topics.destination_id')
        .onRef('told.paper_id', '=', 'catches.paper_id'),
    )
    .select(['topic_id', 'catches.paper_id', 'caught_at', 'told.paper_id as told_id', 'told.delivery_id as told_by'])
    .where('outcome', 'is', null)
    .where('topic_id', 'in', givenIds(db, topicIds))
    .orderBy('topic_id')
    .orderBy('catches.paper_id')
    .execute();
  const dates = new Map<string, Date>();
  return rows.map(({ topic_id, paper_id, caught_at, told_id, told_by }) => {
    const caughtAt = dates.get(caught_at) ?? new Date(caught_at);
    dates.set(caught_at, caughtAt);
    return { topicId: topic_id, paperId: paper_id, caughtAt, told: told_id === null ? null : { deliveryId: told_by } };
  });
}

/** How many catches of a topic wait. */
export async function countWaiting(db: Db, topicId: number): Promise<number> {
  const waiting = db.selectFrom('catches').where('outcome', 'is', null).where('topic_id', '=', topicId);
  return Number((await waiting.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
}

/** What became of a catch that waited. */
export interface SettledCatch extends Pick<Catch, 'topicId' | 'paperId' | 'deliveryId'> {
  outcome: CatchOutcome;
}

/** Settles catches that wait. Returns how many did: others have been settled by somebody else. */
export function settleCatches(db: Db, settled: readonly SettledCatch[], now: Date): Promise<number> {
  const rows = settled.map(({ topicId, paperId, outcome, deliveryId }) => [topicId, paperId, outcome, deliveryId]);
  return write(db, async (trx) => {
    let count = 0;
    for (const chunk of chunks(rows, AT_ONCE)) {
      const given = givenRows(trx, CAUGHT, chunk);
      const { numAffectedRows = 0n } = await sql`update catches
        set outcome = given.outcome, delivery_id = given.delivery_id, settled_at = ${now.toISOString()}
        from ${given} as given
        where catches.topic_id = given.topic_id and catches.paper_id = given.paper_id and catches.outcome is null`.execute(
        trx,
      );
      count += Number(numAffectedRows);
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

/** Topics whose catches are looked through at once. */
const TOPICS_AT_ONCE = 200;

/**
 * Forgets what was settled before `date`, topic by topic, until `signal` is aborted; which papers a destination was told of stays
 * known.
 */
export async function forgetCatchesBefore(db: Db, date: Date, signal?: AbortSignal): Promise<void> {
  const { last } = await db
    .selectFrom('catches')
    .select((eb) => eb.fn.max('topic_id').as('last'))
    .executeTakeFirstOrThrow();
  const forget = (from: number, to: number) =>
    write(db, (trx) =>
      trx
        .deleteFrom('catches')
        .where('topic_id', '>=', from)
        .where('topic_id', '<=', to)
        .where('settled_at', '<', date.toISOString())
        .execute(),
    );
  await inRanges(last ?? 0, TOPICS_AT_ONCE, forget, signal);
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
