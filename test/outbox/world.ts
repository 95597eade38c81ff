import { type APIThreadChannel, ChannelType } from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLog } from '../../src/core/log.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { createSender } from '../../src/discord/send.ts';
import type { WriteDraft } from '../../src/outbox/attempt.ts';
import { startOutbox } from '../../src/outbox/worker.ts';
import { type Preview, startPreview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { checkRequest, hasOpenApi } from '../helpers/openapi.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';

/** A local Discord and a database in a file, with what sends from the one to the other. */
export interface World {
  preview: Preview;
  url: string;
  db: Db;
  /** The lines of the log, of all senders. */
  lines: { level: number; msg: string }[];
  /** Adds a channel, a text channel unless told otherwise; returns its id. */
  channel: (name: string, type?: ChannelType) => string;
  /** Plans messages with these texts; the text is the subject too. */
  plan: (channelId: string, ...texts: string[]) => Promise<void>;
  /** Starts a sender, with a connection of its own as in another process; returns what stops it. */
  start: (options?: {
    token?: string;
    clock?: Clock;
    takenOverAfter?: number;
    timeout?: number;
    writeDraft?: WriteDraft;
  }) => Promise<() => Promise<void>>;
  /** The texts in a channel, oldest first. */
  posted: (channelId: string) => string[];
  /** What a `GET` of Discord's API answers. */
  get: (path: string) => Promise<unknown>;
  /** The posts of a forum, oldest first. */
  forumPosts: (forumId: string) => Promise<ForumThread[]>;
  /** The states of all deliveries, in the order in which they were planned. */
  states: () => Promise<string[]>;
}

interface ForumThread {
  name: string;
  tags: string[];
  /** Of the first message. */
  text: string | undefined;
}

export async function openWorld(options: { rateLimited?: boolean; clock?: Clock; url?: string } = {}): Promise<World> {
  const { rateLimited = false, clock = systemClock } = options;
  const preview = await startPreview({ port: 0, rateLimited, clock });
  const url = options.url ?? (await newDatabaseUrl());
  const db = await openDatabase(url);
  const lines: World['lines'] = [];
  const log = createLog('debug', (line) => lines.push(JSON.parse(line) as World['lines'][number]));
  const ends: (() => Promise<void>)[] = [() => db.destroy(), () => preview.close()];
  onTestFinished(async () => {
    for (const end of ends.reverse()) await end();
    if (!hasOpenApi) return;
    // What was given up before it was read has no body.
    const read = preview.requests.filter(({ body, status }) => body !== undefined || status !== 500);
    const faults = read.flatMap(({ method, path, body }) => checkRequest(method, path, body));
    expect(new Set(faults)).toEqual(new Set());
  });
  const get = async (path: string): Promise<unknown> => {
    const headers = { Authorization: `Bot ${preview.token}` };
    return (await fetch(`${preview.apiUrl}/v10${path}`, { headers })).json();
  };
  return {
    preview,
    url,
    db,
    lines,
    channel: (name, type = ChannelType.GuildText) => preview.world.addChannel({ name, type }),
    async plan(id, ...texts) {
      for (const text of texts) {
        const destination = { kind: 'channel', id } as const;
        await planDelivery(db, { destination, subject: text, payload: { content: text } }, clock());
      }
    },
    async start({ token = preview.token, clock: own = clock, takenOverAfter = 1000, timeout = 15_000, ...given } = {}) {
      const connection = await openDatabase(url);
      const sender = createSender({ token, apiUrl: preview.apiUrl, timeout });
      const outbox = startOutbox({
        db: connection,
        sender,
        clock: own,
        log,
        renderNotice: ownerNotice,
        takenOverAfter,
        ...given,
      });
      const stop = async () => {
        await outbox.stop();
        await connection.destroy();
      };
      ends.push(stop);
      return stop;
    },
    posted: (id) => preview.world.messages(id).map(({ content }) => content),
    get,
    async forumPosts(forumId) {
      const list = (await get(`/guilds/${SEED.guild}/threads/active`)) as { threads: APIThreadChannel[] };
      return list.threads
        .filter(({ parent_id }) => parent_id === forumId)
        .toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))
        .map(({ id, name, applied_tags: tags = [] }) => {
          return { name: name ?? '', tags, text: preview.world.messages(id)[0]?.content };
        });
    },
    states: async () => (await deliveriesAfter(db, 0, 10_000)).map(({ state }) => state),
  };
}
