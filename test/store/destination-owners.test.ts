import { expect, it } from 'vitest';
import type { Destination } from '../../src/store/deliveries.ts';
import { ownersOf } from '../../src/store/destination-owners.ts';
import { createSummary } from '../../src/store/summaries.ts';
import { createTopic } from '../../src/store/topics.ts';
import { memory } from './fixtures.ts';

const NOW = new Date('2026-03-10T08:00:00Z');
const CHANNEL: Destination = { kind: 'channel', id: '1' };

it('ownersOf names once whoever set up a topic or a summary there', async () => {
  const db = await memory();
  const topic = (readerId: string, destination: Destination, name: string) =>
    createTopic(db, { name, query: 'owl', readerId, destination }, NOW);
  await topic('ada', CHANNEL, 'a');
  await topic('ada', CHANNEL, 'b');
  await topic('', CHANNEL, 'of one who was forgotten');
  await topic('bob', { kind: 'channel', id: '2' }, 'a');
  await topic('cleo', { kind: 'user', id: '1' }, 'a');
  const schedule = { minute: 540, days: [1], timezone: 'UTC' };
  const summary = { guildId: '9', channelId: '1', readerId: 'dan', period: 'daily', schedule } as const;
  await createSummary(db, summary, NOW);
  expect(await ownersOf(db, CHANNEL)).toEqual(['ada', 'dan']);
  expect(await ownersOf(db, { kind: 'user', id: '1' })).toEqual(['cleo']);
  expect(await ownersOf(db, { kind: 'channel', id: '3' })).toEqual([]);
});
