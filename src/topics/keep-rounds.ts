import type { Transaction } from 'kysely';
import { recordCatches, type SettledCatch, settleCatches, type WaitingCatch } from '../store/catches.ts';
import type { Db } from '../store/database.ts';
import { planDeliveries } from '../store/deliveries.ts';
import { moveToNextRun } from '../store/due-topics.ts';
import { takePlanning } from '../store/matched.ts';
import type { CatchOutcome, Schema } from '../store/schema.ts';
import { recordTold } from '../store/told-papers.ts';
import { write } from '../store/write.ts';
import { type FreshCatch, isFresh } from './fresh-catches.ts';
import type { PreparedRounds } from './prepare-rounds.ts';

/** Somebody changed a topic or planned the same papers meanwhile. */
class Overtaken extends Error {}

/** Stores prepared rounds, whole or not at all. Returns how many fresh catches it stored; `null`: they were no longer right. */
export async function keepRounds(db: Db, prepared: PreparedRounds, now: Date): Promise<number | null> {
  try {
    const stored = await write(db, (trx) => store(trx, prepared, now));
    for (const { caught } of prepared.alerts) caught.forEach(markStored);
    for (const { caught } of prepared.settled) markStored(caught);
    return stored;
  } catch (error) {
    if (error instanceof Overtaken) return null;
    throw error;
  }
}

function markStored(caught: WaitingCatch | FreshCatch): void {
  if (isFresh(caught)) caught.isStored = true;
}

async function store(trx: Transaction<Schema>, prepared: PreparedRounds, now: Date): Promise<number> {
  const { version, alerts, settled, ran } = prepared;
  const newest = (await takePlanning(trx)).version;
  if (newest !== version) throw new Overtaken();
  const ids = await planDeliveries(
    trx,
    alerts.map(({ delivery }) => delivery),
    now,
  );
  const told = alerts.map(({ delivery: { destination }, paperIds }, index) => {
    return { destination, deliveryId: ids[index] ?? null, paperIds };
  });
  const toldCount = told.reduce((sum, { paperIds }) => sum + paperIds.length, 0);
  const fresh: SettledCatch[] = [];
  const waiting: SettledCatch[] = [];
  const settle = (caught: WaitingCatch, outcome: CatchOutcome, deliveryId: number | null) => {
    const { topicId, paperId } = caught;
    (isFresh(caught) ? fresh : waiting).push({ topicId, paperId, outcome, deliveryId });
  };
  for (const [index, { caught }] of alerts.entries()) for (const one of caught) settle(one, 'told', ids[index] ?? null);
  for (const { caught, outcome } of settled) settle(caught, outcome, caught.told?.deliveryId ?? null);
  const isWhole =
    (await recordTold(trx, told, now)) === toldCount &&
    (await settleCatches(trx, waiting, now)) === waiting.length &&
    (await recordCatches(trx, fresh, now)) === fresh.length;
  if (!isWhole) throw new Overtaken();
  await moveToNextRun(trx, ran, now);
  return fresh.length;
}
