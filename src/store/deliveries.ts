import { randomBytes } from 'node:crypto';
import { type Selectable, sql, type Transaction } from 'kysely';
import { currentTrace } from '../core/trace.ts';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import { givenRows } from './given-rows.ts';
import type { DeliveriesTable, DeliveryForm, DeliveryState, DestinationKind, Schema } from './schema.ts';
import { write } from './write.ts';

/** Where a message goes: a channel or thread, or a reader's direct messages. */
export interface Destination {
  kind: DestinationKind;
  /** The channel's or the user's id. */
  id: string;
}

/** Why something was not sent. */
export interface Failure {
  /** Discord's error code, an HTTP status, or a word of ours. */
  code: string;
  /** In words for people. */
  words: string;
}

/** One message for one destination, from planned to sent. */
export interface Delivery {
  id: number;
  destination: Destination;
  subject: string;
  state: DeliveryState;
  form: DeliveryForm;
  /** Of an edit: the delivery whose message it changes. */
  editsId: number | null;
  /** The message as JSON text; `{}` while there is a draft, and once it is not kept any longer. */
  payloadJson: string;
  /** What the message is to be made of, as JSON text; `null` once it is made. */
  draftJson: string | null;
  nonce: string;
  attempts: number;
  plannedAt: Date;
  nextAttemptAt: Date;
  /** When the first attempt began of which it is not known whether it arrived; `null`: there is none. */
  unsureSince: Date | null;
  sentAt: Date | null;
  messageId: string | null;
  /** Of the last attempt that failed. */
  failure: Failure | null;
  /** Under which id of the log it was planned; `null`: under none. */
  trace: string | null;
}

/** A file that goes with a message. */
export interface StoredFile {
  /** With its ending, for example `trends.png`. */
  name: string;
  /** Its bytes in Base64. */
  data: string;
  /** What it shows, for those who do not see it; at most 1024 characters. */
  description?: string;
}

export interface PlannedDelivery {
  destination: Destination;
  /** What it is about, for example `source:arxiv:stale:2026-03-10`. */
  subject: string;
  /** Default: `message`. */
  form?: Exclude<DeliveryForm, 'edit'>;
  /**
   * The subject of an earlier delivery to the same destination: the payload takes the place of its message, as soon as that
   * is sent. Of several edits of a message only the newest is sent.
   */
  edits?: string;
  /** The message as Discord's API takes it; for a forum post a `ForumPost`. */
  payload: object;
  /** Not with an edit, which leaves the files of the message as they are. */
  files?: readonly StoredFile[];
}

/** A message that is made when it is first sent: many are planned at once, and sent over minutes. */
export interface DraftedDelivery extends Pick<PlannedDelivery, 'destination' | 'subject' | 'form'> {
  /** What the outbox makes it of. */
  draft: object;
}

type Planned = PlannedDelivery | DraftedDelivery;

/** What stands in place of a message that is not there yet, or not kept any longer. */
export const NO_PAYLOAD = '{}';

/** Neither sent nor failed. Written out, because SQLite takes the index of these alone only when it sees which they are. */
export const IS_OPEN = sql<boolean>`state in ('planned', 'sending')`;

/** What a forum gets: a thread and its first message. */
export interface ForumPost {
  /** At most 100 characters. */
  name: string;
  /** Ids of the forum's tags, at most five. */
  applied_tags?: readonly string[];
  /** The message as Discord's API takes it. */
  message: object;
}

/**
 * Plans a message, in the transaction of the caller if `db` is one. Returns the delivery's id; `null` when the subject was
 * planned for the destination before, since each comes once, or when nothing was planned before that it could edit.
 */
export async function planDelivery(db: Db, planned: PlannedDelivery, now: Date): Promise<number | null> {
  const [id = null] = await planDeliveries(db, [planned], now);
  return id;
}

/**
 * Plans many messages at once, in the transaction of the caller if `db` is one. Returns for each what `planDelivery` does. Two
 * thousand hold the thread for some 80 ms: whoever plans more does so in several transactions.
 */
export function planDeliveries(db: Db, planned: readonly Planned[], now: Date): Promise<(number | null)[]> {
  return write(db, async (trx) => {
    const ids: (number | null)[] = [];
    for (const chunk of chunks(planned)) ids.push(...(await planChunk(trx, chunk, now)));
    return ids;
  });
}

async function planChunk(trx: Transaction<Schema>, planned: Planned[], now: Date): Promise<(number | null)[]> {
  const nonces = newNonces(planned.length);
  const rows: (string | number | null)[][] = [];
  for (const [index, one] of planned.entries()) {
    const edits = 'edits' in one ? one.edits : undefined;
    const editsId = edits === undefined ? null : await postId(trx, one.destination, edits);
    if (edits === undefined || editsId !== null) rows.push(rowOf(one, editsId, nonces[index] ?? ''));
  }
  if (rows.length === 0) return planned.map(() => null);
  const created = await insert(trx, rows, now);
  for (const { id, edits_id: editsId } of created) if (editsId !== null) await replaceEdits(trx, editsId, id);
  const ids = new Map(created.map(({ nonce, id }) => [nonce, id]));
  return nonces.map((nonce) => ids.get(nonce) ?? null);
}

const PLANNED = {
  destination_kind: 'text',
  destination_id: 'text',
  subject: 'text',
  form: 'text',
  edits_id: 'integer',
  payload_json: 'text',
  draft_json: 'text',
  nonce: 'text',
} as const;

function rowOf(planned: Planned, editsId: number | null, nonce: string): (string | number | null)[] {
  const { destination, subject, form = 'message' } = planned;
  const [payload, draft] = textsOf(planned);
  return [destination.kind, destination.id, subject, editsId === null ? form : 'edit', editsId, payload, draft, nonce];
}

/** The message and the draft, as JSON. */
function textsOf(planned: Planned): [payload: string, draft: string | null] {
  if ('draft' in planned) return [NO_PAYLOAD, JSON.stringify(planned.draft)];
  const { payload, files } = planned;
  return [JSON.stringify(files ? { ...payload, files } : payload), null];
}

interface CreatedRow {
  id: number;
  nonce: string;
  edits_id: number | null;
}

async function insert(trx: Transaction<Schema>, rows: (string | number | null)[][], now: Date): Promise<CreatedRow[]> {
  const columns = sql.raw(Object.keys(PLANNED).join(', '));
  const at = now.toISOString();
  const created = await sql<CreatedRow>`
    insert into deliveries (${columns}, state, attempts, next_attempt_at, planned_at, trace)
    select ${columns}, 'planned', 0, ${at}, ${at}, ${currentTrace()} from ${givenRows(trx, PLANNED, rows)} as given where true
    on conflict (destination_kind, destination_id, subject) do nothing
    returning id, nonce, edits_id`.execute(trx);
  return created.rows;
}

/** Characters of a nonce; Discord allows 25. */
const NONCE = 20;

/** Not the rows' numbers: those would come again in a new database of the same bot. Drawn together, since each draw takes its time. */
function newNonces(count: number): string[] {
  const drawn = randomBytes((count * NONCE * 3) / 4).toString('base64url');
  return Array.from({ length: count }, (_, index) => drawn.slice(index * NONCE, (index + 1) * NONCE));
}

/** The delivery that posts the message, or `null`. */
async function postId(trx: Transaction<Schema>, { kind, id }: Destination, subject: string): Promise<number | null> {
  const row = await trx
    .selectFrom('deliveries')
    .select((eb) => eb.fn.coalesce('edits_id', 'id').as('id'))
    .where('destination_kind', '=', kind)
    .where('destination_id', '=', id)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Edits that wait are not needed once there is a newer one. */
async function replaceEdits(trx: Transaction<Schema>, editsId: number, newest: number): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ state: 'failed', failure_code: 'replaced', failure: 'A newer edit of the message took its place.' })
    .where('edits_id', '=', editsId)
    .where('id', '<', newest)
    .where('state', '=', 'planned')
    .execute();
}

/** At most `limit` deliveries with a greater number than `after`, in the order in which they were planned. */
export async function deliveriesAfter(db: Db, after: number, limit: number): Promise<Delivery[]> {
  const query = db.selectFrom('deliveries').selectAll().where('id', '>', after);
  return (await query.orderBy('id').limit(limit).execute()).map(deliveryOf);
}

/** How many messages are neither sent nor failed: of one destination, or of all. */
export async function countWaiting(db: Db, destination?: Destination): Promise<number> {
  const all = db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(IS_OPEN);
  const query = destination
    ? all.where('destination_kind', '=', destination.kind).where('destination_id', '=', destination.id)
    : all;
  return (await query.executeTakeFirstOrThrow()).count;
}

/** The subjects that begin with `prefix`, in the order in which they were planned for a destination. */
export async function plannedSubjects(db: Db, { kind, id }: Destination, prefix: string): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('subject')
    .where('destination_kind', '=', kind)
    .where('destination_id', '=', id)
    .where('subject', '>=', prefix)
    .where('subject', '<', `${prefix}\u{10FFFF}`)
    .orderBy('id')
    .execute();
  return rows.map(({ subject }) => subject);
}

export function deliveryOf(row: Selectable<DeliveriesTable>): Delivery {
  const { failure_code: code, failure: words } = row;
  return {
    id: row.id,
    destination: { kind: row.destination_kind, id: row.destination_id },
    subject: row.subject,
    state: row.state,
    form: row.form,
    editsId: row.edits_id,
    payloadJson: row.payload_json,
    draftJson: row.draft_json,
    nonce: row.nonce,
    attempts: row.attempts,
    plannedAt: new Date(row.planned_at),
    nextAttemptAt: new Date(row.next_attempt_at),
    unsureSince: row.unsure_since === null ? null : new Date(row.unsure_since),
    sentAt: row.sent_at === null ? null : new Date(row.sent_at),
    messageId: row.message_id,
    failure: code === null || words === null ? null : { code, words },
    trace: row.trace,
  };
}
