import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { getSetting, setSetting } from '../../src/store/settings.ts';
import { write } from '../../src/store/write.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { memory } from './fixtures.ts';

describe('write', () => {
  it('waits while another process writes, without blocking the event loop', async () => {
    const url = await newDatabaseUrl();
    const [one, other] = [await openDatabase(url), await openDatabase(url)];
    let longestGap = 0;
    let last = performance.now();
    const heartbeat = setInterval(() => {
      longestGap = Math.max(longestGap, performance.now() - last);
      last = performance.now();
    }, 5);
    let waiting: Promise<void> | undefined;
    await one.transaction().execute(async (trx) => {
      await setSetting(trx, 'shared', 'one');
      waiting = setSetting(other, 'shared', 'other');
      await pause(400);
      expect(await getSetting(other, 'shared')).toBeNull();
    });
    await waiting;
    clearInterval(heartbeat);
    expect(await getSetting(one, 'shared')).toBe('other');
    expect(longestGap).toBeLessThan(300);
    await one.destroy();
    await other.destroy();
  });

  it('joins the transaction under way', async () => {
    const db = await memory();
    const failing = db.transaction().execute(async (trx) => {
      await write(trx, (inner) => setSetting(inner, 'k', 'v'));
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    expect(await getSetting(db, 'k')).toBeNull();
  });

  it('does not repeat work that fails for another reason', async () => {
    const db = await memory();
    let calls = 0;
    const failing = write(db, () => {
      calls += 1;
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(calls).toBe(1);
  });
});

it('many writers of a process get through one after another when another process has ended', async () => {
  const url = await newDatabaseUrl();
  const [one, other] = [await openDatabase(url), await openDatabase(url)];
  let waiting: Promise<unknown> = Promise.resolve();
  await one.transaction().execute(async (trx) => {
    await setSetting(trx, 'held', 'one');
    const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
    waiting = Promise.all(keys.map((key) => setSetting(other, key, 'x')));
    await pause(100);
  });
  await waiting;
  expect(await getSetting(one, 'key 29')).toBe('x');
  await one.destroy();
  await other.destroy();
});
