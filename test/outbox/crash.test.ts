import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openWorld } from './world.ts';

const CHANNELS = 6;
const MESSAGES = 10;

function launch(url: string, apiUrl: string, token: string): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'outbox-process.ts'), url, apiUrl, token],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
}

it('neither loses nor doubles a message when the process is killed at any moment', { timeout: 60_000 }, async () => {
  const world = await openWorld();
  const channels = Array.from({ length: CHANNELS }, (_, index) => world.channel(`channel-${index}`));
  const texts = Array.from({ length: MESSAGES }, (_, index) => `message ${index}`);
  for (const channel of channels) await world.plan(channel, ...texts);
  // Answers come so late that most moments are between sending and marking.
  world.preview.faults.add({ method: 'POST', delay: 25, applied: true, times: 10_000 });
  let running: ChildProcess | null = null;
  onTestFinished(() => void running?.kill('SIGKILL'));
  const posted = () => channels.reduce((sum, channel) => sum + world.posted(channel).length, 0);

  let kills = 0;
  while (posted() < CHANNELS * MESSAGES && kills < 7) {
    running = launch(world.url, world.preview.apiUrl, world.preview.token);
    await once(running.stdout as NodeJS.ReadableStream, 'data');
    const goal = Math.min(posted() + 1, CHANNELS * MESSAGES);
    await vi.waitFor(() => expect(posted()).toBeGreaterThanOrEqual(goal), { timeout: 5000, interval: 5 });
    await pause(Math.random() * 120);
    const ended = once(running, 'close');
    running.kill('SIGKILL');
    await ended;
    kills += 1;
  }
  const unsure = (await world.states()).filter((state) => state === 'sending').length;
  const stop = await world.start({ leaseFor: 300 });
  while ((await world.states()).some((state) => state !== 'sent')) await pause(20);
  await stop();
  expect(channels.map(world.posted)).toEqual(channels.map(() => texts));
  expect(kills).toBeGreaterThan(2);
  const requests = world.preview.requests.filter(({ method }) => method === 'POST').length;
  process.stdout.write(`${kills} kills, ${unsure} unsure at the last, ${requests} requests for ${posted()} messages\n`);
});
