import { SENDER_LEASE } from '../store/holding.ts';
import type { Db } from '../store/database.ts';
import { deliveriesAfter, type Delivery } from '../store/deliveries.ts';
import { type DisabledDestination, disabledDestinations } from '../store/disabled-destinations.ts';
import { leaseHolder } from '../store/leases.ts';
import { counted, type Terminal } from './terminal.ts';

/** Deliveries read from the store at a time. */
const BATCH = 500;

/** Prints every delivery, in the order in which they were planned, which destinations are disabled, and who delivers. */
export async function printOutbox(db: Db, { json }: { json?: boolean }, terminal: Terminal): Promise<void> {
  const disabled = await disabledDestinations(db);
  const reasons = new Map(disabled.map((one) => [key(one.destination), one]));
  let total = 0;
  let after = 0;
  for (;;) {
    const batch = await deliveriesAfter(db, after, BATCH);
    for (const delivery of batch) {
      const reason = reasons.get(key(delivery.destination)) ?? null;
      terminal.out(json ? JSON.stringify(record(delivery, reason)) : line(delivery));
      after = delivery.id;
    }
    total += batch.length;
    if (batch.length < BATCH) break;
  }
  if (!json) {
    sayDisabled(disabled, terminal);
    await sayHolder(db, terminal);
  }
  terminal.note(total === 0 ? 'Nothing was ever planned.' : `${counted(total, 'message')}.`);
}

function key({ kind, id }: Delivery['destination']): string {
  return `${kind} ${id}`;
}

function line({ id, state, form, destination, subject, attempts, failure }: Delivery): string {
  const what = form === 'message' ? subject : `${form}: ${subject}`;
  const trouble = failure ? `  ${counted(attempts, 'attempt')}, ${failure.code}: ${failure.words}` : '';
  return `${id}  ${state.padEnd(7)}  ${key(destination)}  ${what}${trouble}`;
}

/** The shape that `outbox --json` promises; other programs read it. */
function record(delivery: Delivery, disabled: DisabledDestination | null) {
  const {
    id,
    destination,
    subject,
    form,
    editsId,
    state,
    attempts,
    plannedAt,
    nextAttemptAt,
    sentAt,
    messageId,
    failure,
    trace,
  } = delivery;
  const next = state === 'planned' && !disabled ? nextAttemptAt : null;
  const times = { plannedAt, nextAttemptAt: next, sentAt };
  return {
    id,
    destination,
    disabled: disabled?.failure ?? null,
    subject,
    form,
    editsId,
    state,
    attempts,
    ...times,
    messageId,
    failure,
    trace,
  };
}

function sayDisabled(disabled: DisabledDestination[], terminal: Terminal): void {
  for (const { destination, failure, disabledAt } of disabled) {
    terminal.note(
      `Nothing goes to ${key(destination)} since ${minute(disabledAt)}: ${failure.words} (${failure.code})`,
    );
  }
}

async function sayHolder(db: Db, terminal: Terminal): Promise<void> {
  const holder = await leaseHolder(db, SENDER_LEASE);
  terminal.note(
    holder ? `Process ${holder.owner} delivers since ${minute(holder.since)}.` : 'No process delivers at the moment.',
  );
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
