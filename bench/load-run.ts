import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { commands } from '../commands/index.ts';
import { ingestThread } from '../src/cli/ingest-thread.ts';
import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/core/clock.ts';
import { createLog } from '../src/core/log.ts';
import { startThread } from '../src/core/thread.ts';
import type { Services } from '../src/discord/command.ts';
import { createEndpoint } from '../src/http/interactions.ts';
import { startServer } from '../src/http/server.ts';
import { ingestPaths } from '../src/ingest/ingest.ts';
import { every } from '../src/schedule.ts';
import { createSearch } from '../src/search/search.ts';
import { openDatabase } from '../src/store/database.ts';
import { createAlertPlanner } from '../src/topics/plan-alerts.ts';
import type { Orders, Seen } from './load-client.ts';
import { interactionsAbout } from './load-interactions.ts';
import type { Document } from './sets.ts';
import { threadTime, waitingTime } from './timed.ts';

export interface LoadOptions {
  databaseUrl: string;
  /** The first of them are in the archive before the load begins. */
  documents: readonly Document[];
  begin: number;
  atOnce: number;
  /** How many papers are in one digest. */
  digest: number;
}

export interface Load extends Seen {
  /** Until all papers were stored, in seconds. */
  ingested: number;
  /** Until the index had them too, in seconds. */
  indexed: number;
  /** The longest time in which the event loop did not turn, in milliseconds. */
  longestBlock: number;
  /** The most processor time that its thread took meanwhile: what other programs of a busy machine take is left out. */
  longestStep: number;
  /** Processor time of its thread, in milliseconds for each answer. */
  cost: number;
  /** Which share of the time in which it had something to do it got no processor, since other programs had it. */
  starved: number;
  /** Lines of the log above `info`. */
  complaints: string[];
}

/** Asks a process that answers over HTTP for many things at once, again and again, while it takes in papers. */
export async function runLoad(options: LoadOptions): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-load-'));
  try {
    return await run(options, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(options: LoadOptions, folder: string): Promise<Load> {
  const { databaseUrl, documents, begin, atOnce } = options;
  const complaints: string[] = [];
  const log = createLog('warn', (line) => complaints.push(line));
  const db = await openDatabase(databaseUrl);
  const world = { db, log, clock: systemClock, timezone: 'UTC' };
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  const days = Math.ceil(documents.length / options.digest);
  const write = (to: string, at: number, until = documents.length) =>
    writeDigest(to, documents, at, Math.min(at + options.digest, until), days - Math.floor(at / options.digest));
  for (let at = 0; at < begin; at += options.digest) await ingestPaths(world, [write(folder, at, begin)]);
  const search = await createSearch({ db, log, databaseUrl });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const orders: Orders = {
    key: privateKey.export({ format: 'jwk' }),
    atOnce,
    interactions: interactionsAbout(documents),
  };
  const client = startThread(new URL('load-client.ts', import.meta.url).href, orders);
  const [apiUrl] = (await once(client, 'message')) as [string];
  const nowhere = { channel: async () => null, role: async () => null, permissionsOf: async () => 0n };
  const services: Services = {
    ...world,
    ...nowhere,
    search,
    quotas: { topicsPerReader: 50, topicsPerServer: 200 },
    mention: (command) => `/${command}`,
    nextIngestion: async () => null,
    unreadableFiles: async () => 0,
    outboxState: () => 'stands by',
  };
  const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
  const endpoint = createEndpoint({ publicKey: hex, apiUrl, context: { commands, services }, clock: systemClock });
  const routes = { '/interactions': { POST: endpoint.handle } };
  const server = await startServer({ host: '127.0.0.1', port: 0, routes, log });
  const ending = new AbortController();
  const plan = createAlertPlanner({ ...world, search, signal: ending.signal });
  const jobs = [
    every(2000, { name: 'index catch-up', run: () => search.catchUp() }, log),
    every(5000, { name: 'planning alerts', run: plan }, log),
  ];

  for (let at = begin; at < documents.length; at += options.digest) write(inbox, at);
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    PAPERBOY_INBOX: inbox,
    PAPERBOY_SOURCES: 'inbox',
    LOG_LEVEL: 'warn',
  });
  const watch = watchLoop();
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  client.postMessage(`http://127.0.0.1:${server.port}/interactions`, []);
  await ingestThread(config, (line) => complaints.push(line)).run();
  const ingested = since();
  while (search.size < documents.length) await pause(100);
  const indexed = since();
  await pause(2000);
  const seen = await stop(client);
  const { longestBlock, longestStep, used, starved } = watch.end();
  ending.abort();
  for (const job of jobs) await job.stop();
  await server.close();
  await endpoint.settle(5000);
  await db.destroy();
  return { ...seen, ingested, indexed, longestBlock, longestStep, cost: used / seen.first.length, starved, complaints };
}

/** How often the event loop is looked at, in milliseconds. */
const LOOK = 5;

function watchLoop() {
  const begun = threadTime();
  const waited = waitingTime();
  let [clock, used, longestBlock, longestStep] = [performance.now(), begun, 0, 0];
  const timer = setInterval(() => {
    const now = [performance.now(), threadTime()] as const;
    longestBlock = Math.max(longestBlock, now[0] - clock - LOOK);
    longestStep = Math.max(longestStep, now[1] - used);
    [clock, used] = now;
  }, LOOK);
  return {
    end() {
      clearInterval(timer);
      const ready = waitingTime() - waited;
      const spent = threadTime() - begun;
      return { longestBlock, longestStep, used: spent, starved: ready / (ready + spent) };
    },
  };
}

async function stop(client: Worker): Promise<Seen> {
  client.postMessage('stop', []);
  const [seen] = (await once(client, 'message')) as [Seen];
  await client.terminate();
  return seen;
}

/** Writes a list of Daily Papers, of the day so many days ago, with the papers from one place to another. Returns its path. */
function writeDigest(folder: string, documents: readonly Document[], from: number, to: number, age: number): string {
  const day = new Date(Date.now() - age * 86_400_000).toISOString();
  const list = documents.slice(from, to).map(({ title, abstract }, index) => ({
    paper: {
      id: `2506.${String(from + index).padStart(5, '0')}`,
      title,
      summary: abstract,
      publishedAt: day,
      submittedOnDailyAt: day,
      authors: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }],
      upvotes: index % 40,
    },
    numComments: index % 7,
  }));
  const file = join(folder, `${String(from).padStart(7, '0')}.json`);
  writeFileSync(file, JSON.stringify(list));
  return file;
}
