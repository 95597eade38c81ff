import { expect, onTestFinished } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLog } from '../../src/core/log.ts';
import { ownerNotice } from '../../src/discord/render/owner-notice.ts';
import { createSender } from '../../src/discord/send.ts';
import { startOutbox } from '../../src/outbox/worker.ts';
import { type Preview, startPreview } from '../../src/preview/preview.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { checkRequest, hasOpenApi } from '../helpers/openapi.ts';
import { temporaryFolder } from '../sources/folder.ts';

/** A local Discord and a database in a file, with what sends from the one to the other. */
export interface World {
  preview: Preview;
  url: string;
  db: Db;
  /** The lines of the log, of all senders. */
  lines: { level: number; msg: string }[];
  /** Adds a channel; returns its id. */
  channel: (name: string) => string;
  /** Plans messages with these texts; the text is the subject too. */
  plan: (channelId: string, ...texts: string[]) => Promise<void>;
  /** Starts a sender, with a connection of its own as in another process; returns what stops it. */
  start: (options?: { token?: string; clock?: Clock; leaseFor?: number }) => Promise<() => Promise<void>>;
  /** The texts in a channel, oldest first. */
  posted: (channelId: string) => string[];
  /** The states of all deliveries, in the order in which they were planned. */
  states: () => Promise<string[]>;
}

export async function openWorld(options: { rateLimited?: boolean; clock?: Clock } = {}): Promise<World> {
  const { rateLimited = false, clock = systemClock } = options;
  const preview = await startPreview({ port: 0, rateLimited, clock });
  const url = `sqlite:${temporaryFolder()}/paperboy.db`;
  const db = await openDatabase(url);
  const lines: World['lines'] = [];
  const log = createLog('debug', (line) => lines.push(JSON.parse(line) as World['lines'][number]));
  const ends: (() => Promise<void>)[] = [() => db.destroy(), () => preview.close()];
  onTestFinished(async () => {
    for (const end of ends.reverse()) await end();
    if (!hasOpenApi) return;
    const faults = preview.requests.flatMap(({ method, path, body }) => checkRequest(method, path, body));
    expect(new Set(faults)).toEqual(new Set());
  });
  return {
    preview,
    url,
    db,
    lines,
    channel: (name) => preview.world.addChannel({ name }),
    async plan(id, ...texts) {
      for (const text of texts) {
        const destination = { kind: 'channel', id } as const;
        await planDelivery(db, { destination, subject: text, payload: { content: text } }, clock());
      }
    },
    async start({ token = preview.token, clock: own = clock, leaseFor = 1000 } = {}) {
      const connection = await openDatabase(url);
      const sender = createSender({ token, apiUrl: preview.apiUrl });
      const outbox = startOutbox({ db: connection, sender, clock: own, log, renderNotice: ownerNotice, leaseFor });
      const stop = async () => {
        await outbox.stop();
        await connection.destroy();
      };
      ends.push(stop);
      return stop;
    },
    posted: (id) => preview.world.messages(id).map(({ content }) => content),
    states: async () => (await deliveriesAfter(db, 0, 10_000)).map(({ state }) => state),
  };
}
