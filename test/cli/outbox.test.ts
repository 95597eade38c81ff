import { expect, it } from 'vitest';
import { printOutbox } from '../../src/cli/outbox.ts';
import { planDelivery } from '../../src/store/deliveries.ts';
import { markSent } from '../../src/store/delivery-attempts.ts';
import { disableDestination } from '../../src/store/disabled-destinations.ts';
import { holdLease } from '../../src/store/leases.ts';
import { memory } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

const NOW = new Date('2026-03-10T08:00:00Z');
const GONE = { code: '10003', words: 'The channel is gone.' };

async function outbox() {
  const db = await memory();
  for (const id of ['1', '2']) {
    const destination = { kind: 'channel', id } as const;
    await planDelivery(db, { destination, subject: 'a', payload: {} }, NOW);
  }
  await markSent(db, 1, '100', NOW);
  await planDelivery(db, { destination: { kind: 'channel', id: '1' }, subject: 'b', edits: 'a', payload: {} }, NOW);
  await holdLease(db, 'sender', '7 on owl', 60_000);
  await disableDestination(db, { kind: 'channel', id: '2' }, GONE, NOW);
  return db;
}

it('prints every message with its state, and why nothing goes to a destination', async () => {
  const { terminal, lines, notes } = recorder();
  await printOutbox(await outbox(), {}, terminal);
  expect(lines).toEqual(['1  sent     channel 1  a', '2  planned  channel 2  a', '3  planned  channel 1  edit: b']);
  expect(notes).toEqual([
    'Nothing goes to channel 2 since 2026-03-10 08:00 UTC: The channel is gone. (10003)',
    expect.stringMatching(/^Process 7 on owl delivers since .* UTC\.$/),
    '3 messages.',
  ]);
});

it('prints an object a message with --json', async () => {
  const { terminal, lines } = recorder();
  await printOutbox(await outbox(), { json: true }, terminal);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      id: 1,
      destination: { kind: 'channel', id: '1' },
      disabled: null,
      subject: 'a',
      form: 'message',
      editsId: null,
      state: 'sent',
      attempts: 0,
      plannedAt: NOW.toISOString(),
      nextAttemptAt: null,
      sentAt: NOW.toISOString(),
      messageId: '100',
      failure: null,
      trace: null,
    },
    expect.objectContaining({ state: 'planned', disabled: GONE, nextAttemptAt: null, sentAt: null }),
    expect.objectContaining({ form: 'edit', editsId: 1, subject: 'b' }),
  ]);
});
