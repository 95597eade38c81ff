import { describe, expect, it } from 'vitest';
import { deliveriesAfter, planDeliveries, planDelivery, plannedSubjects } from '../../src/store/deliveries.ts';
import { dueDeliveries, failDelivery, markSent, takeDelivery } from '../../src/store/delivery-attempts.ts';
import { disableDestination, enableDestination } from '../../src/store/disabled-destinations.ts';
import type { Db } from '../../src/store/database.ts';
import { write } from '../../src/store/write.ts';
import { memory } from './fixtures.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 10, 0, 0, second));
const A = { kind: 'channel', id: '1' } as const;
const B = { kind: 'user', id: '1' } as const;

const plan = (db: Db, destination: typeof A | typeof B, subject: string) =>
  planDelivery(db, { destination, subject, payload: { content: subject } }, at(0));
const due = async (db: Db, second: number) => (await dueDeliveries(db, at(second), 10)).map(({ subject }) => subject);

describe('planDelivery', () => {
  it('plans a subject once for a destination, and once for another', async () => {
    const db = await memory();
    const planned = [await plan(db, A, 'x'), await plan(db, A, 'x'), await plan(db, B, 'x')];
    expect(planned).toEqual([expect.any(Number), null, expect.any(Number)]);
    expect(await deliveriesAfter(db, 0, 10)).toMatchObject([{ destination: A }, { destination: B }]);
  });

  it('plans an edit of what was planned before, and keeps only the newest', async () => {
    const db = await memory();
    const edit = (subject: string, edits: string) => ({ destination: A, subject, edits, payload: {} });
    const numbers = await planDeliveries(
      db,
      [{ destination: A, subject: 'post', payload: {} }, edit('e1', 'post'), edit('e2', 'e1'), edit('e3', 'nothing')],
      at(0),
    );
    expect(numbers).toEqual([1, null, null, null]);
    expect([
      await planDelivery(db, edit('e1', 'post'), at(0)),
      await planDelivery(db, edit('e2', 'e1'), at(0)),
      await planDelivery(db, edit('e1', 'post'), at(0)),
    ]).toEqual([expect.any(Number), expect.any(Number), null]);
    expect(await deliveriesAfter(db, 1, 10)).toMatchObject([
      { form: 'edit', editsId: 1, state: 'failed', failure: { code: 'replaced' } },
      { form: 'edit', editsId: 1, state: 'planned' },
    ]);
  });

  it('plans thousands at once, each subject once', async () => {
    const db = await memory();
    const many = Array.from({ length: 2000 }, (_, index) => ({
      destination: { kind: 'channel', id: `${index % 1990}` } as const,
      subject: 'x',
      payload: { content: 'x' },
    }));
    const first = await planDeliveries(db, many, at(0));
    expect(new Set(first.slice(0, 1990)).size).toBe(1990);
    expect(first.slice(1990)).toEqual(Array(10).fill(null));
    expect(await planDeliveries(db, many, at(1))).toEqual(Array(2000).fill(null));
  });

  it('plans nothing when the transaction of the caller fails', async () => {
    const db = await memory();
    const failing = write(db, async (trx) => {
      await planDelivery(trx, { destination: A, subject: 'x', payload: {} }, at(0));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await deliveriesAfter(db, 0, 10)).toEqual([]);
  });

  it('gives each a nonce of its own that Discord accepts', async () => {
    const db = await memory();
    for (let index = 0; index < 50; index += 1) await plan(db, A, `${index}`);
    const nonces = (await deliveriesAfter(db, 0, 100)).map(({ nonce }) => nonce);
    expect(new Set(nonces).size).toBe(50);
    expect(Math.max(...nonces.map((nonce) => nonce.length))).toBeLessThanOrEqual(25);
  });
});

describe('dueDeliveries', () => {
  it('gives the first of each destination until that one is sent or failed', async () => {
    const db = await memory();
    for (const subject of ['1', '2', '3']) await plan(db, A, subject);
    await plan(db, B, '4');
    expect(await due(db, 0)).toEqual(['1', '4']);
    await takeDelivery(db, 1, { owner: 'me', until: at(30) }, at(0));
    expect(await due(db, 0)).toEqual(['4']);
    await markSent(db, 1, '100', at(1));
    expect(await due(db, 1)).toEqual(['2', '4']);
    await takeDelivery(db, 2, { owner: 'me', until: at(30) }, at(1));
    await failDelivery(db, 2, 'me', { code: '50035', words: 'no' });
    expect(await due(db, 1)).toEqual(['3', '4']);
  });

  it('gives what somebody began again when the lease has run out, and remembers since when it is unsure', async () => {
    const db = await memory();
    await plan(db, A, '1');
    await takeDelivery(db, 1, { owner: 'me', until: at(30) }, at(0));
    expect(await due(db, 29)).toEqual([]);
    expect(await due(db, 30)).toEqual(['1']);
    expect(await takeDelivery(db, 1, { owner: 'you', until: at(60) }, at(30))).toBe('{"content":"1"}');
    expect(await takeDelivery(db, 1, { owner: 'me', until: at(60) }, at(31))).toBeNull();
    expect(await deliveriesAfter(db, 0, 1)).toMatchObject([{ unsureSince: at(0), attempts: 2 }]);
    await failDelivery(db, 1, 'me', { code: 'x', words: 'I am late' });
    expect(await deliveriesAfter(db, 0, 1)).toMatchObject([{ state: 'sending' }]);
  });

  it('leaves out disabled destinations until they are enabled again', async () => {
    const db = await memory();
    await plan(db, A, '1');
    await plan(db, B, '2');
    const gone = { code: '10003', words: 'gone' };
    expect(await disableDestination(db, A, gone, at(0))).toBe(true);
    expect(await disableDestination(db, A, gone, at(1))).toBe(false);
    expect(await due(db, 1)).toEqual(['2']);
    await enableDestination(db, A);
    expect(await due(db, 1)).toEqual(['1', '2']);
  });
});

it('plannedSubjects gives those that begin so, in order, of one destination', async () => {
  const db = await memory();
  for (const subject of ['source:b', 'source:a', 'sourcery', 'alert:1']) await plan(db, A, subject);
  await plan(db, B, 'source:c');
  expect(await plannedSubjects(db, A, 'source:')).toEqual(['source:b', 'source:a']);
});
