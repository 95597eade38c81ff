import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { ChannelType } from 'discord.js';
import { expect, it, onTestFinished, vi } from 'vitest';
import { countWaiting, type PlannedDelivery, planDeliveries } from '../../src/store/deliveries.ts';
import { bundle } from './bundle.ts';
import { openWorld, type World } from './world.ts';

const PLACES = { messages: 22, announcements: 2, forums: 1 } as const;
/** In each place, which makes 500. */
const EACH = 20;
const ALERTS = EACH * (PLACES.messages + PLACES.announcements + PLACES.forums);
const FEWEST_KILLS = 15;
/** Most requests of a process before it is killed. */
const MOST_POSTS = 45;

/** A process that waits for a line before it sends: one loads while the one before it works. */
async function launch(file: string, { url, preview }: World): Promise<ChildProcess> {
  const child = spawn(process.execPath, [file, url, preview.apiUrl, preview.token], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

function alerts(id: string, form: 'message' | 'announcement' | 'forum post'): PlannedDelivery[] {
  return Array.from({ length: EACH }, (_, index) => {
    const message = { content: `alert ${index}` };
    const payload = form === 'forum post' ? { name: message.content, message } : message;
    return { destination: { kind: 'channel', id }, subject: message.content, form, payload };
  });
}

it(
  'neither loses nor doubles an alert of 500 when the process is killed at any moment',
  { timeout: 120_000 },
  async () => {
    const world = await openWorld();
    const file = await bundle('outbox-process.ts');
    const { preview } = world;
    const places = (count: number, name: string, type: ChannelType) =>
      Array.from({ length: count }, (_, index) => world.channel(`${name}-${index}`, type));
    const texts = places(PLACES.messages, 'text', ChannelType.GuildText);
    const news = places(PLACES.announcements, 'news', ChannelType.GuildAnnouncement);
    const forums = places(PLACES.forums, 'forum', ChannelType.GuildForum);
    const planned = [
      ...texts.flatMap((id) => alerts(id, 'message')),
      ...news.flatMap((id) => alerts(id, 'announcement')),
      ...forums.flatMap((id) => alerts(id, 'forum post')),
    ];
    await planDeliveries(world.db, planned, new Date());
    // Answers come so late that most moments are between sending and marking.
    preview.faults.add({ method: 'POST', delay: 25, applied: true, times: Infinity });
    const posts = () => preview.requests.filter(({ method, status }) => method === 'POST' && status !== 404).length;
    const open = () => countWaiting(world.db);

    const begun = performance.now();
    let kills = 0;
    let unsure = 0;
    let next = launch(file, world);
    while ((await open()) > 0) {
      const running = await next;
      next = launch(file, world);
      const goal = posts() + Math.random() * MOST_POSTS;
      running.stdin?.write('go\n');
      const isReached = async () => posts() > goal || (await open()) === 0;
      await vi.waitFor(async () => expect(await isReached()).toBe(true), { timeout: 20_000, interval: 5 });
      await pause(Math.random() * 50);
      const ended = once(running, 'close');
      running.kill('SIGKILL');
      await ended;
      kills += 1;
      unsure += (await world.states()).filter((state) => state === 'sending').length;
    }
    (await next).kill('SIGKILL');
    const expected = Array.from({ length: EACH }, (_, index) => `alert ${index}`);
    for (const id of [...texts, ...news]) expect(world.posted(id)).toEqual(expected);
    for (const id of forums) expect((await world.forumPosts(id)).map(({ name }) => name)).toEqual(expected);
    expect(kills).toBeGreaterThanOrEqual(FEWEST_KILLS);
    process.stdout.write(
      `${ALERTS} alerts, ${kills} kills with ${unsure} on their way, ${posts()} requests to post or publish, ` +
        `none lost, none doubled, in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`,
    );
  },
);
