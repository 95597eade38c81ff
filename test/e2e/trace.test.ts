import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/core/clock.ts';
import { createLog } from '../../src/core/log.ts';
import { defineCommand } from '../../src/discord/command.ts';
import { SEED } from '../../src/preview/seed.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { createSender } from '../../src/discord/send.ts';
import { startOutbox } from '../../src/outbox/worker.ts';
import { schedule } from '../../src/schedule.ts';
import { planDelivery } from '../../src/store/deliveries.ts';
import { LANTERN, openWorld } from './bot.ts';

interface Line {
  msg: string;
  trace?: string;
}

/** Searches, and plans a message of what it found. */
const tell = defineCommand({
  declaration: slashCommand({ name: 'tell', description: 'Tell this channel' }),
  options: z.object({}),
  run: async ({ channelId }, { search, db, clock }) => {
    const { hits } = await search.search('lantern retrieval');
    const destination = { kind: 'channel', id: channelId ?? '' } as const;
    await planDelivery(db, { destination, subject: 'told', payload: { content: hits[0]?.title ?? '' } }, clock());
    return { content: 'It comes.' };
  },
});

async function openTraced() {
  const lines: Line[] = [];
  const log = createLog('trace', (line) => lines.push(JSON.parse(line) as Line));
  const world = await openWorld({ digests: { '2025-06-11': [LANTERN] }, commands: [tell], log });
  const { preview, db } = world;
  const sender = createSender(preview);
  const outbox = startOutbox({ db, sender, clock: systemClock, log, renderNotice: ownerNotice });
  onTestFinished(() => outbox.stop());
  const traceOf = (msg: string) => lines.find((line) => line.msg === msg)?.trace;
  return { ...world, log, lines, traceOf };
}

it('puts one id on the lines of an interaction, its query and the delivery that came of it', async () => {
  const { preview, lines, traceOf } = await openTraced();
  await preview.user.command(SEED.papers, 'tell');
  await vi.waitFor(() => expect(traceOf('delivered')).toBeDefined(), { timeout: 10_000 });
  const trace = traceOf('searched');
  expect(trace).toMatch(/^[0-9A-F]{6}$/);
  expect(traceOf('the first answer to an interaction')).toBe(trace);
  expect(traceOf('delivered')).toBe(trace);
  expect(lines.find(({ msg }) => msg === 'searched')).toMatchObject({
    matches: 1,
    total: 1,
    milliseconds: expect.any(Number) as number,
  });
  expect(JSON.stringify(lines.filter(({ msg }) => msg !== 'the query'))).not.toContain('lantern retrieval');
});

it('puts an id of its own on each run of a job, and on what was planned in it', async () => {
  const { db, log, search, traceOf } = await openTraced();
  const run = async () => {
    await search().search('retrieval');
    const destination = { kind: 'channel', id: '1'.repeat(18) } as const;
    await planDelivery(db, { destination, subject: 'planned', payload: { content: 'x' } }, systemClock());
  };
  const job = schedule({ name: 'planning', run }, '0 0 1 1 *', 'UTC', log);
  onTestFinished(() => job.stop());
  await job.runNow();
  const gone = 'nothing can be sent to a destination any more; it is disabled';
  await vi.waitFor(() => expect(traceOf(gone)).toBeDefined(), { timeout: 10_000 });
  expect(traceOf(gone)).toMatch(/^[0-9A-F]{6}$/);
  expect(traceOf('searched')).toBe(traceOf(gone));
});
