import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLog } from '../../src/core/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type Holding, type HoldingOptions, startHolding } from '../../src/store/holding.ts';
import { holdLease, leaseHolder } from '../../src/store/leases.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';

/** In milliseconds. */
const TAKEN_OVER_AFTER = 900;

interface Line {
  msg: string;
  process?: string;
}

/** Processes on one database, each with a connection of its own. */
async function openProcesses() {
  const url = await newDatabaseUrl();
  const lines: Line[] = [];
  const log = createLog('debug', (line) => lines.push(JSON.parse(line) as Line));
  const open = async () => {
    const db = await openDatabase(url);
    onTestFinished(() => db.destroy());
    return db;
  };
  return {
    lines,
    open,
    start: async (owner: string, options: Partial<HoldingOptions> = {}, onHeld?: (lost: AbortSignal) => void) => {
      const common = { log, lease: 'sender', does: 'delivers', takenOverAfter: TAKEN_OVER_AFTER } as const;
      const db = await open();
      const holding = startHolding({ db, owner, ...common, ...options }, onHeld);
      onTestFinished(() => holding.release());
      return holding;
    },
  };
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 10 });
const holds = (holding: Holding) => until(() => expect(holding.isHeld()).toBe(true));

it('one process holds a lease, others stand by and say so once; when it ends the next follows at once', async () => {
  const { start, lines } = await openProcesses();
  const first = await start('a', { takenOverAfter: 6000 });
  await holds(first);
  const second = await start('b', { takenOverAfter: 6000 });
  await until(() => expect(lines).toHaveLength(2));
  await pause(2 * TAKEN_OVER_AFTER);
  expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
  await first.release();
  expect(first.isHeld()).toBe(false);
  await holds(second);
  expect(lines).toMatchObject([
    { msg: 'this process delivers', process: 'a' },
    {
      msg: 'another process delivers; this one stands by and takes over when that one ends',
      process: 'a',
      takenOverAfter: 6000,
    },
    { msg: 'this process delivers', process: 'b' },
  ]);
});

it('what a process left that died is taken over after the stated time, and not before', async () => {
  const { start, open } = await openProcesses();
  // Whatever the clock of its host said.
  await holdLease(await open(), 'sender', 'dead', 24 * 3_600_000);
  const begun = performance.now();
  const next = await start('b');
  await holds(next);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(TAKEN_OVER_AFTER);
});

it('a holder that another has followed stops, and says so; it stands by from then on', async () => {
  const { start, open, lines } = await openProcesses();
  const tenures: AbortSignal[] = [];
  const first = await start('a', {}, (lost) => tenures.push(lost));
  await holds(first);
  const db = await open();
  await db.updateTable('leases').set({ owner: 'b' }).execute();
  await until(() => expect(first.isHeld()).toBe(false));
  expect(tenures.map(({ aborted }) => aborted)).toEqual([true]);
  await until(() => expect(lines.at(-1)?.msg).toContain('stands by'));
  // The other one is silent.
  await holds(first);
  expect(tenures.map(({ aborted }) => aborted)).toEqual([true, false]);
  expect(await leaseHolder(db, 'sender')).toMatchObject({ owner: 'a' });
  expect(lines.map(({ msg }) => msg)).toContain('this process no longer delivers');
});

it('a holder does not act after its machine slept, until it has asked whether it still may', async () => {
  const { start } = await openProcesses();
  let slept = 0;
  const holding = await start('a', { clock: () => new Date(Date.now() + slept) });
  await holds(holding);
  slept = 3_600_000;
  expect(holding.isHeld()).toBe(false);
  await holds(holding);
});

it('a holder that can show no sign of life does not act any more', async () => {
  const { start, open, lines } = await openProcesses();
  const db = await open();
  let lost: AbortSignal | null = null;
  const holding = await start('a', { db }, (signal) => (lost = signal));
  await holds(holding);
  await db.destroy();
  await until(() => expect(lost?.aborted).toBe(true));
  expect(holding.isHeld()).toBe(false);
  expect(lines.map(({ msg }) => msg)).toContain('a lease could not be looked after');
});
