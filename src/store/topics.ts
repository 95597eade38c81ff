import type { Selectable, Transaction, Updateable } from 'kysely';
import { UserError } from '../core/errors.ts';
import { type LocalSchedule, nextRun } from '../core/local-schedule.ts';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';
import { newestSequence } from './papers.ts';
import type { Schema, TopicsTable } from './schema.ts';
import { write } from './write.ts';

/** How a topic's message is brought to its destination. */
export type TopicForm = TopicsTable['destination_form'];

/** A stored query of a reader or a channel, with how and when to be told. */
export interface Topic {
  id: number;
  /** Each name once at a destination. */
  name: string;
  query: string;
  /** Whose it is, or who set it up for a channel; empty when that reader was forgotten. */
  readerId: string;
  /** The server of a channel's topic; `null` for a reader's own. */
  guildId: string | null;
  destination: Destination;
  form: TopicForm;
  /** `inbox`: no message; the reader looks into `/inbox`. */
  toldBy: 'message' | 'inbox';
  mentionRoleId: string | null;
  /** `null`: told at once. */
  schedule: LocalSchedule | null;
  /** For a schedule: when what it caught is told next. */
  nextRunAt: Date | null;
  /** What is caught while paused is not told later. */
  pausedAt: Date | null;
  /** What is caught until then waits, and comes in one message. */
  snoozedUntil: Date | null;
  /** Papers added up to this sequence number are not its business. */
  afterSequence: number;
  createdAt: Date;
  changedAt: Date;
}

/** What a topic is made of. What is left out is as `null`, or as told at once in a plain message. */
export interface NewTopic {
  name: string;
  query: string;
  readerId: string;
  destination: Destination;
  guildId?: string | null;
  form?: TopicForm;
  toldBy?: Topic['toldBy'];
  mentionRoleId?: string | null;
  schedule?: LocalSchedule | null;
  pausedAt?: Date | null;
  snoozedUntil?: Date | null;
}

/** What may be changed of a topic; what is not named stays. */
export type TopicChange = Partial<
  Pick<
    Topic,
    | 'name'
    | 'query'
    | 'readerId'
    | 'guildId'
    | 'destination'
    | 'form'
    | 'toldBy'
    | 'mentionRoleId'
    | 'schedule'
    | 'pausedAt'
    | 'snoozedUntil'
  >
>;

/** What matching papers and planning messages have to know of a topic, with the version of its latest change. */
export interface FollowedTopic extends Omit<Topic, 'name' | 'readerId' | 'nextRunAt' | 'createdAt'> {
  version: number;
}

/**
 * Stores a topic, which catches papers that come from now on.
 * @throws UserError when the destination has a topic of that name.
 */
export function createTopic(db: Db, topic: NewTopic, now: Date): Promise<Topic> {
  return write(db, async (trx) => {
    const version = await nextVersion(trx);
    await checkName(trx, topic.destination, topic.name, null);
    const { schedule = null } = topic;
    const row = await trx
      .insertInto('topics')
      .values({
        ...columnsOf(topic),
        destination_form: topic.form ?? 'message',
        told_by: topic.toldBy ?? 'message',
        name: topic.name,
        query: topic.query,
        reader_id: topic.readerId,
        destination_kind: topic.destination.kind,
        destination_id: topic.destination.id,
        next_run_at: runAfter(schedule, now),
        after_sequence: await newestSequence(trx),
        created_at: now.toISOString(),
        changed_at: now.toISOString(),
        version,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return topicOf(row);
  });
}

/** The topic with this id, or `null`. */
export async function findTopic(db: Db, id: number): Promise<Topic | null> {
  return (await findTopics(db, [id]))[0] ?? null;
}

/** The topics with these ids, by id; unknown ids are left out. */
export async function findTopics(db: Db, ids: readonly number[]): Promise<Topic[]> {
  const topics: Topic[] = [];
  for (const chunk of chunks([...new Set(ids)])) {
    const rows = await db.selectFrom('topics').selectAll().where('id', 'in', chunk).orderBy('id').execute();
    topics.push(...rows.map(topicOf));
  }
  return topics.sort((a, b) => a.id - b.id);
}

/** A reader's own topics, the oldest first; not those that the reader set up for a channel. */
export async function topicsOfReader(db: Db, readerId: string): Promise<Topic[]> {
  const own = db.selectFrom('topics').selectAll().where('reader_id', '=', readerId).where('guild_id', 'is', null);
  return (await own.orderBy('id').execute()).map(topicOf);
}

/** The topics of a server's channels, the oldest first. */
export async function topicsOfGuild(db: Db, guildId: string): Promise<Topic[]> {
  const rows = await db.selectFrom('topics').selectAll().where('guild_id', '=', guildId).orderBy('id').execute();
  return rows.map(topicOf);
}

/** The topics that are told at a destination, the oldest first. */
export async function topicsAt(db: Db, { kind, id }: Destination): Promise<Topic[]> {
  const there = db
    .selectFrom('topics')
    .selectAll()
    .where('destination_kind', '=', kind)
    .where('destination_id', '=', id);
  return (await there.orderBy('id').execute()).map(topicOf);
}

/** At most `limit` topics with a greater id than `after`, by id. */
export async function topicsAfter(db: Db, after: number, limit: number): Promise<Topic[]> {
  const rows = await db.selectFrom('topics').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
  return rows.map(topicOf);
}

/** How many topics a reader has of their own. */
export function countTopicsOfReader(db: Db, readerId: string): Promise<number> {
  return count(db, { reader_id: readerId, guild_id: null });
}

/** How many topics the channels of a server have. */
export function countTopicsOfGuild(db: Db, guildId: string): Promise<number> {
  return count(db, { guild_id: guildId });
}

/**
 * Changes what `change` names of a topic, and nothing else. A new query decides about papers that come from now on, and about
 * those that still wait. Returns the topic as it is now; `null` when there is none.
 * @throws UserError when the destination has another topic of the new name.
 */
export function changeTopic(db: Db, id: number, change: TopicChange, now: Date): Promise<Topic | null> {
  return write(db, async (trx) => {
    const version = await nextVersion(trx);
    const before = await findTopic(trx, id);
    if (!before) return null;
    const { name = before.name, destination = before.destination } = change;
    await checkName(trx, destination, name, id);
    const run = change.schedule === undefined ? {} : { next_run_at: runAfter(change.schedule, now) };
    const row = await trx
      .updateTable('topics')
      .set({ ...columnsOf(change), ...run, changed_at: now.toISOString(), version })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return topicOf(row);
  });
}

/** Removes a topic and what it caught. Returns whether there was one. */
export async function removeTopic(db: Db, id: number): Promise<boolean> {
  return (await removeTopics(db, [id])) > 0;
}

/** Removes topics and what they caught; which papers their destinations were told of stays known. Returns how many there were. */
export function removeTopics(db: Db, ids: readonly number[]): Promise<number> {
  return write(db, async (trx) => {
    const version = await nextVersion(trx);
    let removed = 0;
    for (const chunk of chunks(ids)) {
      const gone = await trx.deleteFrom('topics').where('id', 'in', chunk).returning('id').execute();
      const rows = gone.map(({ id }) => ({ topic_id: id, version }));
      if (rows.length > 0) await trx.insertInto('removed_topics').values(rows).execute();
      await trx.deleteFrom('catches').where('topic_id', 'in', chunk).execute();
      removed += rows.length;
    }
    return removed;
  });
}

/** At most `limit` topics that were made or changed after `version`, in the order of their latest change. */
export async function topicsChangedAfter(db: Db, version: number, limit: number): Promise<FollowedTopic[]> {
  const rows = await db
    .selectFrom('topics')
    .select(['id', 'query', 'guild_id', 'destination_kind', 'destination_id', 'destination_form', 'told_by', 'version'])
    .select(['mention_role_id', 'schedule_json', 'paused_at', 'snoozed_until', 'after_sequence', 'changed_at'])
    .where('version', '>', version)
    .orderBy('version')
    .limit(limit)
    .execute();
  return rows.map(followedOf);
}

/** The ids of topics that were removed after `version`. */
export async function topicsRemovedAfter(db: Db, version: number): Promise<number[]> {
  const rows = await db.selectFrom('removed_topics').select('topic_id').where('version', '>', version).execute();
  return rows.map(({ topic_id }) => topic_id);
}

/** The version of the latest change to any topic; 0 before the first. */
export async function newestTopicVersion(db: Db): Promise<number> {
  const query = db.selectFrom('counters').select('value').where('name', '=', 'topics');
  return (await query.executeTakeFirstOrThrow()).value;
}

/** Takes the versions of topics for this transaction: of two writers one waits, and versions become visible in their order. */
async function nextVersion(trx: Transaction<Schema>): Promise<number> {
  const { value } = await trx
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', 'topics')
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

async function checkName(trx: Transaction<Schema>, destination: Destination, name: string, id: number | null) {
  const names = await trx
    .selectFrom('topics')
    .select(['id', 'name'])
    .where('destination_kind', '=', destination.kind)
    .where('destination_id', '=', destination.id)
    .execute();
  const taken = names.find((other) => other.id !== id && nameKey(other.name) === nameKey(name));
  if (taken) throw new UserError(`There is a topic named “${taken.name}” there already. Give this one another name.`);
}

/** Names are the same when only capitals and spaces differ. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

async function count(db: Db, owner: { reader_id?: string; guild_id: string | null }): Promise<number> {
  let query = db.selectFrom('topics').select((eb) => eb.fn.countAll().as('count'));
  if (owner.reader_id !== undefined) query = query.where('reader_id', '=', owner.reader_id);
  query = query.where('guild_id', owner.guild_id === null ? 'is' : '=', owner.guild_id);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

function runAfter(schedule: LocalSchedule | null, now: Date): string | null {
  return schedule && nextRun(schedule, now).at.toISOString();
}

/** The columns of what is named. */
function columnsOf(change: TopicChange): Updateable<TopicsTable> {
  const { name, query, readerId, guildId, destination, form, toldBy, mentionRoleId, schedule } = change;
  const columns = {
    name,
    query,
    reader_id: readerId,
    guild_id: guildId,
    destination_kind: destination?.kind,
    destination_id: destination?.id,
    destination_form: form,
    told_by: toldBy,
    mention_role_id: mentionRoleId,
    schedule_json: schedule && JSON.stringify(schedule),
    paused_at: change.pausedAt && change.pausedAt.toISOString(),
    snoozed_until: change.snoozedUntil && change.snoozedUntil.toISOString(),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function topicOf(row: Selectable<TopicsTable>): Topic {
  const { version: _, ...topic } = followedOf(row);
  return {
    ...topic,
    name: row.name,
    readerId: row.reader_id,
    nextRunAt: date(row.next_run_at),
    createdAt: new Date(row.created_at),
  };
}

type Unfollowed = 'name' | 'reader_id' | 'next_run_at' | 'created_at';

function followedOf(row: Omit<Selectable<TopicsTable>, Unfollowed>): FollowedTopic {
  return {
    id: row.id,
    query: row.query,
    guildId: row.guild_id,
    destination: { kind: row.destination_kind, id: row.destination_id },
    form: row.destination_form,
    toldBy: row.told_by,
    mentionRoleId: row.mention_role_id,
    schedule: row.schedule_json === null ? null : (JSON.parse(row.schedule_json) as LocalSchedule),
    pausedAt: date(row.paused_at),
    snoozedUntil: date(row.snoozed_until),
    afterSequence: row.after_sequence,
    changedAt: new Date(row.changed_at),
    version: row.version,
  };
}

function date(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
