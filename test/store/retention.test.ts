import { setImmediate as breathe } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { forgetCatchesBefore } from '../../src/store/catches.ts';
import type { Db } from '../../src/store/database.ts';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { dropPayloads } from '../../src/store/delivery-attempts.ts';
import { digestsWithoutDocument, dropDocumentsBefore } from '../../src/store/digests.ts';
import { findFetch, forgetFetchesBefore, keepFetch } from '../../src/store/fetches.ts';
import { forgetIngestionsBefore, lastIngestion, startIngestion } from '../../src/store/ingestions.ts';
import { forgetDeliveriesBefore } from '../../src/store/old-deliveries.ts';
import { forgetReadingsBefore, readingsOf } from '../../src/store/readings.ts';
import { createSummary } from '../../src/store/summaries.ts';
import { papersOfPost, recordShown } from '../../src/store/summary-papers.ts';
import { findPost, forgetEditionsBefore, recordPost } from '../../src/store/summary-posts.ts';
import { forgetUnreadableBefore, keepUnreadable, unreadableDocuments } from '../../src/store/unreadable-documents.ts';
import { write } from '../../src/store/write.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { openDatabase } from '../../src/store/database.ts';
import { allPapers, memory, store } from './fixtures.ts';

const NOW = new Date('2025-06-12T10:00:00Z');
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);

/** Digests of the fixtures are read on 11 March 2025. */
async function readAgo(db: Db, id: number, at: string): Promise<void> {
  await db.updateTable('digests').set({ read_at: at }).where('id', '=', id).execute();
}

/** How often others had their turn before the work was done. */
async function countTurns(work: Promise<unknown>): Promise<number> {
  const done = new AbortController();
  void work.finally(() => done.abort());
  let turns = 0;
  for (; !done.signal.aborted; turns += 1) await breathe();
  return turns;
}

describe('documents of digests', () => {
  it('are dropped when they are old, and what was read from them stays', async () => {
    const db = await memory();
    for (let page = 1; page <= 25; page += 1) await store(db, [{ title: `Paper ${page}` }], { raw: `page ${page}` });
    await readAgo(db, 25, '2025-06-01T00:00:00.000Z');
    const before = await allPapers(db);
    expect(await dropDocumentsBefore(db, new Date('2025-05-01'))).toBe(24);
    expect(await dropDocumentsBefore(db, new Date('2025-05-01'))).toBe(0);
    expect([...(await digestsWithoutDocument(db))]).toHaveLength(24);
    expect((await digestsWithoutDocument(db)).has(25)).toBe(false);
    expect(await allPapers(db)).toEqual(before);
  });

  it('change nothing when they come again', async () => {
    const db = await memory();
    await store(db, [{ title: 'Owls', upvotes: 3 }], { raw: 'the page' });
    await dropDocumentsBefore(db, NOW);
    const counts = await store(db, [{ title: 'Owls', upvotes: 3 }], { raw: 'the page' });
    expect(counts).toMatchObject({ digestId: 1, new: 0, known: 1, updated: 0, arrived: 0 });
    expect(await allPapers(db)).toHaveLength(1);
    expect(await digestsWithoutDocument(db)).toEqual(new Set([1]));
  });

  it('end with what is under way when the process ends', async () => {
    const db = await memory();
    await store(db, [], { raw: 'page' });
    expect(await dropDocumentsBefore(db, NOW, AbortSignal.abort())).toBe(0);
  });

  it('are dropped in steps between which others write', async () => {
    const url = await newDatabaseUrl();
    const [db, other] = [await openDatabase(url), await openDatabase(url)];
    try {
      const raw = 'a document of some length '.repeat(20_000);
      for (let page = 0; page < 60; page += 1) await store(db, [], { raw: `${page} ${raw}` });
      const dropping = dropDocumentsBefore(db, NOW);
      const writing = startIngestion(other, NOW);
      const turns = countTurns(dropping);
      expect(await dropping).toBe(60);
      expect(await turns).toBeGreaterThan(4);
      await writing;
    } finally {
      await db.destroy();
      await other.destroy();
    }
  });
});

it('votes and comments of long ago are forgotten, and the paper keeps its own', async () => {
  const db = await memory();
  await store(db, [
    { title: 'Owls', upvotes: 3 },
    { title: 'Larks', upvotes: 5 },
  ]);
  for (const [paper_id, hour] of [
    [1, 0],
    [1, 2],
    [2, 0],
  ] as const) {
    const row = { paper_id, source: 's', read_at: hours(hour).toISOString(), comments: null, upvotes: hour };
    await db.insertInto('readings').values(row).execute();
  }
  await forgetReadingsBefore(db, hours(1));
  expect((await readingsOf(db, 1)).map(({ readAt }) => readAt)).toEqual([hours(2)]);
  expect(await readingsOf(db, 2)).toEqual([]);
  expect((await allPapers(db)).map(({ upvotes }) => upvotes)).toEqual([3, 5]);
});

it('catches that were settled long ago are forgotten, those that wait are not', async () => {
  const db = await memory();
  for (const [topic_id, settled] of [
    [1, hours(0)],
    [1, null],
    [450, hours(0)],
    [450, hours(2)],
  ] as const) {
    const [caught_at, settled_at] = [hours(-1).toISOString(), settled?.toISOString() ?? null];
    const { length } = await db.selectFrom('catches').select('topic_id').execute();
    const outcome = settled ? ('told' as const) : null;
    await db
      .insertInto('catches')
      .values({ topic_id, paper_id: length + 1, caught_at, outcome, delivery_id: null, settled_at })
      .execute();
  }
  await forgetCatchesBefore(db, hours(1));
  const left = await db.selectFrom('catches').select('paper_id').orderBy('paper_id').execute();
  expect(left.map(({ paper_id }) => paper_id)).toEqual([2, 4]);
});

it('of passes over the sources the last one stays known, however old', async () => {
  const db = await memory();
  for (const hour of [0, 1, 2]) await startIngestion(db, hours(hour));
  await forgetIngestionsBefore(db, hours(1));
  const count = async () => (await db.selectFrom('ingestions').select('id').execute()).length;
  expect(await count()).toBe(2);
  await forgetIngestionsBefore(db, hours(9));
  expect(await count()).toBe(1);
  expect((await lastIngestion(db))?.startedAt).toEqual(hours(2));
});

it('addresses that were not read for long are forgotten', async () => {
  const db = await memory();
  const answer = { contentHash: 'x', etag: null, lastModified: null, restDays: [] };
  await keepFetch(db, 'https://a.example/old', { ...answer, fetchedAt: hours(0) });
  await keepFetch(db, 'https://a.example/new', { ...answer, fetchedAt: hours(2) });
  await forgetFetchesBefore(db, hours(1));
  expect(await findFetch(db, 'https://a.example/old')).toBeNull();
  expect(await findFetch(db, 'https://a.example/new')).not.toBeNull();
});

it('documents that could not be read are forgotten with the others', async () => {
  const db = await memory();
  const document = { source: 's', reason: 'No list.', raw: Buffer.from('x'), expected: {} };
  await keepUnreadable(db, { ...document, origin: 'old', readAt: hours(0) });
  await keepUnreadable(db, { ...document, origin: 'new', readAt: hours(2) });
  await forgetUnreadableBefore(db, hours(1));
  expect((await unreadableDocuments(db)).map(({ origin }) => origin)).toEqual(['new']);
});

it('of old posts of summaries it stays known that they were', async () => {
  const db = await memory();
  const schedule = { minute: 540, days: [1], timezone: 'UTC' };
  const summary = await createSummary(
    db,
    { guildId: '1', channelId: '2', readerId: '3', period: 'daily', schedule },
    NOW,
  );
  const post = {
    summaryId: summary.id,
    outcome: 'planned',
    reason: null,
    deliveryId: null,
    editionJson: '{}',
  } as const;
  await store(db, [{ title: 'Owls' }]);
  await write(db, async (trx) => {
    await recordPost(trx, { ...post, localDate: '2025-06-12', plannedAt: NOW });
    await recordPost(trx, { ...post, localDate: '2025-06-20', plannedAt: hours(8 * 24) });
    await recordShown(trx, summary.id, [1], '2025-06-12');
    await recordShown(trx, summary.id, [2], '2025-06-20');
  });
  await forgetEditionsBefore(db, hours(24));
  expect(await findPost(db, summary.id, '2025-06-12')).toMatchObject({ outcome: 'planned', editionJson: null });
  expect(await findPost(db, summary.id, '2025-06-20')).toMatchObject({ editionJson: '{}' });
  expect(await papersOfPost(db, summary.id, '2025-06-12')).toEqual([]);
  expect(await papersOfPost(db, summary.id, '2025-06-20')).toEqual([2]);
});

it('messages of more than a year ago are forgotten, up to the first that is not over', async () => {
  const db = await memory();
  const destination = { kind: 'channel', id: '1' } as const;
  const plan = (subject: string, hour: number) =>
    planDelivery(db, { destination, subject, payload: { content: 'x' } }, hours(hour));
  for (let index = 0; index < 1005; index += 1) await plan(`old ${index}`, 0);
  await db.updateTable('deliveries').set({ state: 'sent' }).execute();
  await plan('waits', 0);
  await plan('old too', 0);
  await db.updateTable('deliveries').set({ state: 'failed' }).where('subject', '=', 'old too').execute();
  const subjects = async () => (await deliveriesAfter(db, 0, 10)).map(({ subject }) => subject);
  expect(await forgetDeliveriesBefore(db, hours(0), AbortSignal.abort())).toBe(0);
  expect(await forgetDeliveriesBefore(db, hours(0))).toBe(0);
  expect(await forgetDeliveriesBefore(db, hours(1))).toBe(1005);
  expect(await subjects()).toEqual(['waits', 'old too']);
  await db.updateTable('deliveries').set({ state: 'sent' }).execute();
  expect(await forgetDeliveriesBefore(db, hours(1))).toBe(2);
  await plan('new', 2);
  expect(await forgetDeliveriesBefore(db, hours(1))).toBe(0);
});

it('texts of messages are dropped up to the first that is young or open, and from there on the next time', async () => {
  const db = await memory();
  const plan = (subject: string, hour: number) =>
    planDelivery(
      db,
      { destination: { kind: 'channel', id: '1' }, subject, payload: { content: subject } },
      hours(hour),
    );
  const settle = (subject: string) =>
    db.updateTable('deliveries').set({ state: 'sent' }).where('subject', '=', subject).execute();
  for (const [hour, subject] of ['a', 'b', 'c', 'd'].entries()) await plan(subject, hour);
  for (const subject of ['a', 'b', 'd']) await settle(subject);
  const payloads = async () => (await deliveriesAfter(db, 0, 10)).map(({ payloadJson }) => payloadJson);
  expect(await dropPayloads(db, hours(0), 0)).toBe(0);
  const first = await dropPayloads(db, hours(9), 0);
  expect(await payloads()).toEqual(['{}', '{}', '{"content":"c"}', '{"content":"d"}']);
  expect(await dropPayloads(db, hours(9), first)).toBe(first);
  await settle('c');
  const last = await dropPayloads(db, hours(3), first);
  expect(await payloads()).toEqual(['{}', '{}', '{}', '{"content":"d"}']);
  expect(await dropPayloads(db, hours(9), last)).toBe(last + 1);
  expect(await dropPayloads(db, hours(9), last + 1)).toBe(last + 1);
});
