import { expect, it } from 'vitest';
import { databaseNow } from '../../src/store/clock.ts';
import { findLease, holdLease, leaseHolder, releaseLease } from '../../src/store/leases.ts';
import { emptyDatabase } from '../helpers/databases.ts';

const MINUTE = 60_000;

it('a lease is held by one until it is given up', async () => {
  const db = await emptyDatabase();
  const hold = (owner: string) => holdLease(db, 'sender', owner, MINUTE);
  expect(await leaseHolder(db, 'sender')).toBeNull();
  expect([await hold('a'), await hold('b'), await hold('a')]).toEqual([true, false, true]);
  const lease = await leaseHolder(db, 'sender');
  expect(lease).toMatchObject({ owner: 'a', beats: 2 });
  expect(lease?.since.getTime()).toBeLessThanOrEqual((await databaseNow(db)).getTime());
  expect(lease?.until.getTime()).toBeGreaterThan((await databaseNow(db)).getTime());
  await releaseLease(db, 'sender', 'b');
  expect(await hold('b')).toBe(false);
  await releaseLease(db, 'sender', 'a');
  expect(await hold('b')).toBe(true);
  expect(await leaseHolder(db, 'sender')).toMatchObject({ owner: 'b', beats: 1 });
  expect(await holdLease(db, 'schedules', 'a', MINUTE)).toBe(true);
  await db.destroy();
});

it('a lease is taken from a holder that has shown no sign of life since, and from no other', async () => {
  const db = await emptyDatabase();
  await holdLease(db, 'sender', 'a', MINUTE);
  const seen = await findLease(db, 'sender');
  await holdLease(db, 'sender', 'a', MINUTE);
  expect(await holdLease(db, 'sender', 'b', MINUTE, seen)).toBe(false);
  const again = await findLease(db, 'sender');
  expect(await holdLease(db, 'sender', 'b', MINUTE, again)).toBe(true);
  expect(await holdLease(db, 'sender', 'c', MINUTE, again)).toBe(false);
  expect(await findLease(db, 'sender')).toMatchObject({ owner: 'b' });
  await db.destroy();
});

it('nobody is named who has shown no sign of life for as long as was said', async () => {
  const db = await emptyDatabase();
  await holdLease(db, 'sender', 'a', 0);
  expect(await leaseHolder(db, 'sender')).toBeNull();
  expect(await findLease(db, 'sender')).toMatchObject({ owner: 'a' });
  await db.destroy();
});
