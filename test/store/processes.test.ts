import { sql } from 'kysely';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDatabaseClock, databaseNow } from '../../src/store/clock.ts';
import {
  type ProcessFacts,
  removeProcess,
  removeSilentProcesses,
  runningProcesses,
  showProcess,
} from '../../src/store/processes.ts';
import { emptyDatabase } from '../helpers/databases.ts';

const facts = (id: string): ProcessFacts => {
  return { id, host: 'owl', pid: 7, roles: ['gateway', 'sender'], shards: '0-3/8', version: '1.2.3' };
};

it('knows which processes run, by the clock of the database', async () => {
  const db = await emptyDatabase();
  await showProcess(db, facts('a'));
  await showProcess(db, { ...facts('b'), roles: ['ingest'], shards: null });
  const [first, second, ...others] = await runningProcesses(db);
  expect(others).toEqual([]);
  expect(first).toEqual({ ...facts('a'), startedAt: expect.any(Date), seenAt: expect.any(Date) });
  expect(second).toMatchObject({ id: 'b', roles: ['ingest'], shards: null });
  await showProcess(db, facts('a'));
  const again = (await runningProcesses(db))[0];
  expect(again?.startedAt).toEqual(first?.startedAt);
  expect(again?.seenAt.getTime()).toBeGreaterThanOrEqual(first?.seenAt.getTime() ?? NaN);
  await removeProcess(db, 'a');
  expect((await runningProcesses(db)).map(({ id }) => id)).toEqual(['b']);
  await db.destroy();
});

it('takes one that shows no sign of life for gone, and forgets it', async () => {
  const db = await emptyDatabase();
  await showProcess(db, facts('alive'));
  await showProcess(db, facts('dead'));
  const longAgo = new Date((await databaseNow(db)).getTime() - 21_000).toISOString();
  await sql`update processes set seen_at = ${longAgo} where id = 'dead'`.execute(db);
  expect((await runningProcesses(db)).map(({ id }) => id)).toEqual(['alive']);
  await removeSilentProcesses(db);
  expect(await db.selectFrom('processes').select('id').execute()).toEqual([{ id: 'alive' }]);
  await db.destroy();
});

it('tells the time by the clock of the database', async () => {
  const db = await emptyDatabase();
  const { clock, ask } = createDatabaseClock(db);
  expect(Math.abs((await databaseNow(db)).getTime() - Date.now())).toBeLessThan(10_000);
  // The tests' databases are on this host.
  expect(await ask()).toBe(0);
  expect(Math.abs(clock().getTime() - Date.now())).toBeLessThan(1000);
  await db.destroy();
});

it('corrects the clock of a host that is wrong by minutes', async () => {
  const db = await emptyDatabase();
  const { clock, ask } = createDatabaseClock(db);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 300_000 });
  onTestFinished(() => void vi.useRealTimers());
  const behind = await ask();
  expect(Math.abs(behind + 300_000)).toBeLessThan(10_000);
  expect(Math.abs(clock().getTime() - (await databaseNow(db)).getTime())).toBeLessThan(10_000);
  await db.destroy();
});
