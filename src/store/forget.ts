import type { Paper } from '../core/paper.ts';
import { chunks } from './chunks.ts';
import type { Db } from './database.ts';
import { findPapers } from './papers.ts';
import { findReader, type Reader } from './readers.ts';
import type { Schema } from './schema.ts';
import { findTopics, removeTopics, type Topic, topicsOfGuild, topicsOfReader } from './topics.ts';
import type { Transaction } from 'kysely';
import { write } from './write.ts';

type Trx = Transaction<Schema>;

/** Everything that is kept of a reader. */
export interface ReaderData {
  settings: Reader;
  topics: Topic[];
  /** Topics of channels, and summaries, that the reader set up. They belong to the server. */
  setUp: { topics: Topic[]; summaryIds: number[] };
  caught: { topicId: number; paper: NamedPaper; caughtAt: string; outcome: string | null }[];
  told: { paper: NamedPaper; toldAt: string }[];
  saved: { paper: NamedPaper; savedAt: string }[];
  messages: { subject: string; state: string; plannedAt: string; sentAt: string | null; message: unknown }[];
  /** Set when direct messages do not reach the reader. */
  closed: { reason: string; since: string } | null;
}

/** A paper by its number, and its title while the archive has it. */
export interface NamedPaper extends Pick<Paper, 'id'> {
  title: string | null;
}

/** Everything that is kept of a reader; empty lists for one who is unknown. */
export async function dataOf(db: Db, readerId: string): Promise<ReaderData> {
  const topics = await topicsOfReader(db, readerId);
  const caught = await ofTopics(db, topics);
  const isReader = { destination_kind: 'user', destination_id: readerId } as const;
  const told = await db
    .selectFrom('told_papers')
    .selectAll()
    .where((eb) => eb.and(isReader))
    .execute();
  const saved = await db.selectFrom('saved_papers').selectAll().where('reader_id', '=', readerId).execute();
  const sent = await db
    .selectFrom('deliveries')
    .selectAll()
    .where((eb) => eb.and(isReader))
    .orderBy('id')
    .execute();
  const closed = db.selectFrom('disabled_destinations').select(['reason', 'disabled_at as since']);
  const named = await namesOf(
    db,
    [...caught, ...told, ...saved].map(({ paper_id }) => paper_id),
  );
  return {
    settings: await findReader(db, readerId),
    topics,
    setUp: await setUpBy(db, readerId),
    caught: caught.map(({ topic_id, paper_id, caught_at, outcome }) => {
      return { topicId: topic_id, paper: named(paper_id), caughtAt: caught_at, outcome };
    }),
    told: told.map(({ paper_id, told_at }) => ({ paper: named(paper_id), toldAt: told_at })),
    saved: saved.map(({ paper_id, saved_at }) => ({ paper: named(paper_id), savedAt: saved_at })),
    messages: sent.map(({ subject, state, planned_at, sent_at, payload_json, draft_json }) => {
      const message = JSON.parse(draft_json ?? payload_json) as unknown;
      return { subject, state, plannedAt: planned_at, sentAt: sent_at, message };
    }),
    closed: (await closed.where((eb) => eb.and(isReader)).executeTakeFirst()) ?? null,
  };
}

/** Forgets everything of a reader. What they set up for channels belongs to the server and stays, without their name. */
export async function forgetReader(db: Db, readerId: string): Promise<void> {
  await write(db, async (trx) => {
    const topics = await topicsOfReader(trx, readerId);
    await removeTopics(
      trx,
      topics.map(({ id }) => id),
    );
    await forgetDestinations(trx, 'user', [readerId]);
    await trx.deleteFrom('saved_papers').where('reader_id', '=', readerId).execute();
    await trx.deleteFrom('readers').where('id', '=', readerId).execute();
    await trx.updateTable('topics').set({ reader_id: '' }).where('reader_id', '=', readerId).execute();
    await trx.updateTable('summaries').set({ reader_id: '' }).where('reader_id', '=', readerId).execute();
  });
}

/** Forgets everything that was set up in a server, and what went to the channels concerned. */
export async function forgetGuild(db: Db, guildId: string): Promise<void> {
  await write(db, async (trx) => {
    const topics = await topicsOfGuild(trx, guildId);
    await removeTopics(
      trx,
      topics.map(({ id }) => id),
    );
    const summaries = await trx
      .selectFrom('summaries')
      .select(['id', 'channel_id'])
      .where('guild_id', '=', guildId)
      .execute();
    const channels = new Set([
      ...topics.map(({ destination }) => destination.id),
      ...summaries.map(({ channel_id }) => channel_id),
    ]);
    for (const chunk of chunks(summaries.map(({ id }) => id))) {
      await trx.deleteFrom('summaries').where('id', 'in', chunk).execute();
      await trx.deleteFrom('summary_posts').where('summary_id', 'in', chunk).execute();
      await trx.deleteFrom('summary_papers').where('summary_id', 'in', chunk).execute();
    }
    await forgetDestinations(trx, 'channel', [...channels]);
    await trx.deleteFrom('departed_guilds').where('guild_id', '=', guildId).execute();
  });
}

async function forgetDestinations(trx: Trx, kind: 'user' | 'channel', ids: string[]): Promise<void> {
  for (const chunk of chunks(ids)) {
    for (const table of ['told_papers', 'deliveries', 'disabled_destinations'] as const) {
      await trx.deleteFrom(table).where('destination_kind', '=', kind).where('destination_id', 'in', chunk).execute();
    }
  }
}

async function ofTopics(db: Db, topics: readonly Topic[]) {
  const ids = topics.map(({ id }) => id);
  return db.selectFrom('catches').selectAll().where('topic_id', 'in', ids).orderBy('caught_at').execute();
}

async function setUpBy(db: Db, readerId: string): Promise<ReaderData['setUp']> {
  const rows = await db
    .selectFrom('topics')
    .select('id')
    .where('reader_id', '=', readerId)
    .where('guild_id', 'is not', null)
    .execute();
  const summaries = await db.selectFrom('summaries').select('id').where('reader_id', '=', readerId).execute();
  return {
    topics: await findTopics(
      db,
      rows.map(({ id }) => id),
    ),
    summaryIds: summaries.map(({ id }) => id),
  };
}

async function namesOf(db: Db, ids: number[]): Promise<(id: number) => NamedPaper> {
  const titles = new Map((await findPapers(db, ids)).map(({ id, title }) => [id, title]));
  return (id) => ({ id, title: titles.get(id) ?? null });
}
