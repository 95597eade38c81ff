import { type Selectable, sql } from 'kysely';
import type { Db } from './database.ts';
import { type Delivery, deliveryOf, type Failure, IS_OPEN, NO_PAYLOAD } from './deliveries.ts';
import { isEnabled } from './disabled-destinations.ts';
import type { DeliveriesTable, DeliveryForm, DeliveryState } from './schema.ts';
import { write } from './write.ts';

/** Who sends a delivery, and until when nobody else may. */
export interface Lease {
  owner: string;
  until: Date;
}

/**
 * Deliveries that may be sent now, those due the longest first: of each destination the first that is neither sent nor
 * failed, so that order is kept and one is under way at a time.
 */
export async function dueDeliveries(db: Db, now: Date, limit: number): Promise<Delivery[]> {
  const at = now.toISOString();
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where(IS_OPEN)
    .where('next_attempt_at', '<=', at)
    .where((eb) => eb.or([eb('state', '=', 'planned'), eb('state', '=', 'sending').and('lease_until', '<=', at)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('deliveries as earlier')
            .select('earlier.id')
            .whereRef('earlier.destination_kind', '=', 'deliveries.destination_kind')
            .whereRef('earlier.destination_id', '=', 'deliveries.destination_id')
            .whereRef('earlier.id', '<', 'deliveries.id')
            .where(IS_OPEN),
        ),
      ),
    )
    .where(isEnabled)
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(deliveryOf);
}

/**
 * Marks a delivery as being sent, before it is; with `made`, the message that was made of its draft, which takes the draft's
 * place for good. Returns the message to send, as JSON text; `null` when somebody else was faster.
 */
export async function takeDelivery(
  db: Db,
  id: number,
  lease: Lease,
  now: Date,
  made: object | null = null,
): Promise<string | null> {
  const at = now.toISOString();
  const taken = await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set((eb) => ({
        state: 'sending' as const,
        attempts: eb('attempts', '+', 1),
        lease_owner: lease.owner,
        lease_until: lease.until.toISOString(),
        unsure_since: eb.fn.coalesce('unsure_since', eb.val(at)),
      }))
      // Where another process has made the message meanwhile, that one may have arrived.
      .$if(made !== null, (update) =>
        update.set((eb) => ({
          payload_json: eb
            .case()
            .when('draft_json', 'is', null)
            .then(eb.ref('payload_json'))
            .else(JSON.stringify(made))
            .end(),
          draft_json: null,
        })),
      )
      .where('id', '=', id)
      .where((eb) => eb.or([eb('state', '=', 'planned'), eb('state', '=', 'sending').and('lease_until', '<=', at)]))
      .returning('payload_json')
      .executeTakeFirst(),
  );
  return taken?.payload_json ?? null;
}

/** Earlier attempts did not arrive, which is certain now; the next begins. Returns whether `lease` was still held. */
export async function beginAgain(db: Db, id: number, lease: Lease, now: Date): Promise<boolean> {
  const begun = await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set({ unsure_since: now.toISOString(), lease_until: lease.until.toISOString() })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('lease_owner', '=', lease.owner)
      .returning('id')
      .executeTakeFirst(),
  );
  return begun !== undefined;
}

/** Discord has the message, and something is still to be done with it: it is not posted again. */
export async function markPosted(db: Db, id: number, messageId: string): Promise<void> {
  await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set({ message_id: messageId, attempts: 0, unsure_since: null })
      .where('id', '=', id)
      .execute(),
  );
}

/** Discord has it. `failure`: what went wrong afterwards and does not matter enough to try it again. */
export async function markSent(
  db: Db,
  id: number,
  messageId: string,
  now: Date,
  failure: Failure | null = null,
): Promise<void> {
  const sent = { state: 'sent', sent_at: now.toISOString(), message_id: messageId, unsure_since: null } as const;
  const after = { failure_code: failure?.code ?? null, failure: failure?.words ?? null };
  await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set({ ...sent, ...after, lease_owner: null, lease_until: null })
      .where('id', '=', id)
      .execute(),
  );
}

/** The message that a delivery posted; `null` when it posted none. */
export async function postedBy(db: Db, id: number): Promise<{ messageId: string; form: DeliveryForm } | null> {
  const query = db.selectFrom('deliveries').select(['message_id as messageId', 'form']).where('id', '=', id);
  const row = await query.executeTakeFirst();
  return row && row.messageId !== null ? { messageId: row.messageId, form: row.form } : null;
}

/** What comes of a delivery that was taken and not sent. */
export interface Postponed {
  nextAttemptAt: Date;
  /** Attempts that count. */
  attempts: number;
  /** Since when it may have arrived; `null`: it has not. */
  unsureSince: Date | null;
  failure: Failure | null;
}

/** Plans a delivery again that `owner` had taken. */
export async function postponeDelivery(db: Db, id: number, owner: string, given: Postponed): Promise<void> {
  const { nextAttemptAt, attempts, unsureSince, failure } = given;
  await settle(db, id, owner, {
    state: 'planned',
    attempts,
    next_attempt_at: nextAttemptAt.toISOString(),
    unsure_since: unsureSince?.toISOString() ?? null,
    failure_code: failure?.code ?? null,
    failure: failure?.words ?? null,
  });
}

/** Gives a delivery up that `owner` had taken. */
export async function failDelivery(db: Db, id: number, owner: string, { code, words }: Failure): Promise<void> {
  await settle(db, id, owner, { state: 'failed', failure_code: code, failure: words });
}

async function settle(db: Db, id: number, owner: string, row: Partial<Selectable<DeliveriesTable>>): Promise<void> {
  await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set({ ...row, lease_owner: null, lease_until: null })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('lease_owner', '=', owner)
      .execute(),
  );
}

/**
 * Gives up at most a thousand that were planned before `plannedBefore` and are not being sent. Returns them as they were.
 * What was posted and only waits to be published is sent.
 */
export async function failOldDeliveries(db: Db, plannedBefore: Date, now: Date, failure: Failure): Promise<Delivery[]> {
  const old = await db
    .selectFrom('deliveries')
    .selectAll()
    .where(IS_OPEN)
    .where('planned_at', '<', plannedBefore.toISOString())
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now.toISOString())]))
    .limit(1000)
    .execute();
  if (old.length === 0) return [];
  const ids = old.map(({ id }) => id);
  const state = sql<DeliveryState>`case when message_id is null then 'failed' else 'sent' end`;
  const given = { failure_code: failure.code, failure: failure.words, lease_owner: null, lease_until: null };
  await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set({ ...given, state })
      .where('id', 'in', ids)
      .execute(),
  );
  return old.map(deliveryOf);
}

/**
 * Drops the messages of at most a thousand deliveries with greater numbers than `after` that were planned before
 * `plannedBefore` and are sent or failed. The rows stay, since they remember that their subject came. Returns the number of the
 * last one, up to which nothing is left to drop; `after` when that is all.
 */
export async function dropPayloads(db: Db, plannedBefore: Date, after: number): Promise<number> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'planned_at', 'state'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(1000)
    .execute();
  const isOver = (row: (typeof rows)[number]) =>
    row.planned_at < plannedBefore.toISOString() && (row.state === 'sent' || row.state === 'failed');
  const end = rows.findIndex((row) => !isOver(row));
  const last = (end === -1 ? rows : rows.slice(0, end)).at(-1)?.id;
  if (last === undefined) return after;
  await write(db, (trx) =>
    trx
      .updateTable('deliveries')
      .set({ payload_json: NO_PAYLOAD, draft_json: null })
      .where('id', '>', after)
      .where('id', '<=', last)
      .where((has) => has.or([has('payload_json', '!=', NO_PAYLOAD), has('draft_json', 'is not', null)]))
      .execute(),
  );
  return last;
}
