import { setTimeout as pause } from 'node:timers/promises';
import { ChannelType } from 'discord.js';
import { expect, it, vi } from 'vitest';
import { SEED } from '../../../src/preview/seed.ts';
import { countWaiting, type PlannedDelivery, planDeliveries } from '../../../src/store/deliveries.ts';
import { embedOf } from '../../e2e/bot.ts';
import { engine } from '../../helpers/databases.ts';
import { type Host, type Launched, openHost } from './processes.ts';

/** In milliseconds. The true one is ten times as long, and so is what it brings about. */
const TAKEN_OVER_AFTER = 1500;
const ROLES = ['gateway,ingest', 'sender', 'sender'];
const PLACES = { messages: 36, announcements: 2, forums: 2 };
/** In each place: 1,000 on PostgreSQL, and fewer on SQLite, where several processes are the exception. */
const EACH = engine === 'postgres' ? 25 : 8;
const DELIVERIES = EACH * (PLACES.messages + PLACES.announcements + PLACES.forums);
/** Most requests between two kills. */
const MOST_POSTS = 150;

const SUBJECTS = Array.from({ length: EACH }, (_, index) => `delivery ${index}`);

function planned(id: string, form: 'message' | 'announcement' | 'forum post'): PlannedDelivery[] {
  return SUBJECTS.map((content) => {
    const payload = form === 'forum post' ? { name: content, message: { content } } : { content };
    return { destination: { kind: 'channel', id }, subject: content, form, payload };
  });
}

/** One of the three, and who is it now; `null` while another is starting. */
interface Seat {
  only: string;
  running: Launched | null;
  kills: number;
}

/** Waits until another process than this one holds the lease of senders, which is at work. Gives how long it took, in seconds. */
async function takeOver({ holder, db }: Host, dead: number | null): Promise<number | null> {
  const begun = performance.now();
  const isOver = async () => {
    const pid = await holder('sender');
    return pid !== null && pid !== dead;
  };
  await vi.waitUntil(async () => (await isOver()) || (await countWaiting(db)) === 0, {
    timeout: 120_000,
    interval: 20,
  });
  return (await isOver()) ? (performance.now() - begun) / 1000 : null;
}

it(
  `loses and doubles none of ${DELIVERIES} deliveries when any of three processes is killed at any moment`,
  { timeout: 300_000 },
  async () => {
    const host = await openHost(TAKEN_OVER_AFTER);
    const { preview, db } = host;
    const places = (count: number, name: string, type: ChannelType) =>
      Array.from({ length: count }, (_, index) => host.channel(`${name}-${index}`, type));
    const texts = places(PLACES.messages, 'text', ChannelType.GuildText);
    const news = places(PLACES.announcements, 'news', ChannelType.GuildAnnouncement);
    const forums = places(PLACES.forums, 'forum', ChannelType.GuildForum);
    await planDeliveries(
      db,
      [
        ...texts.flatMap((id) => planned(id, 'message')),
        ...news.flatMap((id) => planned(id, 'announcement')),
        ...forums.flatMap((id) => planned(id, 'forum post')),
      ],
      new Date(),
    );
    // Answers come so late that many moments are between sending and marking.
    preview.faults.add({ method: 'POST', delay: 25, applied: true, times: Infinity });
    const posts = () => preview.requests.filter(({ method, status }) => method === 'POST' && status !== 404).length;

    const seats: Seat[] = ROLES.map((only) => ({ only, running: null, kills: 0 }));
    const fill = async (seat: Seat) => (seat.running = await host.launch(seat.only));
    let filling: Promise<unknown> = Promise.all(seats.map(fill));
    await filling;
    const begun = performance.now();
    const takeOvers: number[] = [];
    let unsure = 0;
    for (;;) {
      const goal = posts() + Math.random() * MOST_POSTS;
      await vi.waitUntil(async () => posts() > goal || (await countWaiting(db)) === 0, {
        timeout: 120_000,
        interval: 10,
      });
      if ((await countWaiting(db)) === 0) break;
      await pause(Math.random() * 50);
      const pid = await host.holder('sender');
      const taken = seats.filter(({ running }) => running !== null);
      const senders = taken.filter(({ only }) => only === 'sender');
      const sends = senders.find(({ running }) => running?.child.pid === pid);
      // Any of them, and more often the one that sends; but not a sender while the other is starting again.
      const prefers = takeOvers.length === 0 || Math.random() < 0.5;
      const seat = sends && prefers ? sends : taken[Math.floor(Math.random() * taken.length)];
      if (!seat?.running || (seat.only === 'sender' && senders.length < 2)) continue;
      await seat.running.kill();
      seat.running = null;
      seat.kills += 1;
      filling = Promise.all([filling, fill(seat)]);
      if (seat !== sends) continue;
      unsure += (await host.states()).filter((state) => state === 'sending').length;
      const seconds = await takeOver(host, pid);
      if (seconds !== null) takeOvers.push(seconds);
    }
    const seconds = (performance.now() - begun) / 1000;

    for (const id of [...texts, ...news]) expect(host.posted(id)).toEqual(SUBJECTS);
    for (const id of forums) expect((await host.forumPosts(id)).map(({ name }) => name)).toEqual(SUBJECTS);
    await filling;
    const { fields } = embedOf(await preview.user.command(SEED.papers, 'status'));
    expect(JSON.stringify(fields)).toContain('Delivered by another process');
    const ends = await Promise.all(seats.flatMap(({ running }) => running?.end() ?? []));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(await host.holder('sender')).toBeNull();
    expect(takeOvers.length).toBeGreaterThan(0);
    process.stdout.write(
      `${DELIVERIES} deliveries on ${engine}, ${seats.map(({ kills }) => kills).join(' + ')} kills (gateway and ingest, two senders), ` +
        `${unsure} deliveries on their way then, ${posts()} requests to post or publish, none lost, ` +
        `none doubled, in ${seconds.toFixed(1)} s; with ${TAKEN_OVER_AFTER / 1000} s until a dead one is followed, senders ` +
        `took over after ${takeOvers.map((each) => each.toFixed(1)).join(', ')} s\n`,
    );
  },
);
