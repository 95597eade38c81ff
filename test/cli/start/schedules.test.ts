import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createSummary } from '../../../src/store/summaries.ts';
import { manyPapers, store } from '../../e2e/bot.ts';
import { type Host, openHost } from './processes.ts';

/** In milliseconds. */
const TAKEN_OVER_AFTER = 1500;
const SUMMARIES = 60;
const READS = 'this process reads the sources';

/** Summaries that are due now, each in a channel of its own; gives the channels. */
async function dueSummaries({ channel, db }: Host): Promise<string[]> {
  const now = new Date();
  const schedule = { minute: 540, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'UTC' };
  const channels = Array.from({ length: SUMMARIES }, (_, index) => channel(`summary-${index}`));
  for (const channelId of channels) {
    await createSummary(db, { guildId: '1', channelId, readerId: '1', period: 'daily', schedule }, now);
  }
  const today = now.toISOString().slice(0, 10);
  await db.updateTable('summaries').set({ next_run_at: now.toISOString(), next_local_date: today }).execute();
  return channels;
}

it('schedules pass to another process when theirs is killed, and what is due in between is posted exactly once', async () => {
  const host = await openHost(TAKEN_OVER_AFTER);
  await store(host.db, new Date().toISOString().slice(0, 10), manyPapers(12));
  const first = await host.launch('ingest');
  await first.logged(READS);
  const [second] = await Promise.all([host.launch('ingest'), host.launch('sender')]);
  await second.logged('another process reads the sources');

  await first.kill();
  const begun = performance.now();
  const channels = await dueSummaries(host);
  await second.logged(READS);
  const takeOver = (performance.now() - begun) / 1000;
  const third = await host.launch('ingest');
  await third.logged('another process reads the sources');
  const planned = () => host.db.selectFrom('summary_posts').select('summary_id').execute();
  await vi.waitUntil(async () => (await planned()).length > 0, { timeout: 30_000, interval: 1 });
  // Amidst its work, if it is not too fast.
  await second.kill();
  const before = (await planned()).length;
  await third.logged(READS);

  await vi.waitUntil(() => channels.every((id) => host.posted(id).length > 0), { timeout: 60_000, interval: 20 });
  await pause(TAKEN_OVER_AFTER);
  expect(channels.map((id) => host.posted(id).length)).toEqual(channels.map(() => 1));
  expect(await planned()).toHaveLength(SUMMARIES);
  process.stdout.write(
    `${SUMMARIES} summaries due while nobody planned: posted once each, ${before} of them planned before the second kill; ` +
      `taken over after ${takeOver.toFixed(1)} s of ${TAKEN_OVER_AFTER / 1000}\n`,
  );
}, 120_000);
