import { expect, onTestFinished } from 'vitest';
import { type APIComponentInMessageActionRow, type APIMessage, ComponentType } from 'discord.js';
import { commands as ours } from '../../commands/index.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import type { PaperFacts } from '../../src/core/paper.ts';
import { type Discord, startDiscord } from '../../src/discord/client.ts';
import type { Command, Services } from '../../src/discord/command.ts';
import { type Preview, startPreview } from '../../src/preview/preview.ts';
import type { Search } from '../../src/search/result.ts';
import { createSearch } from '../../src/search/search.ts';
import type { Db } from '../../src/store/database.ts';
import { emptyDatabase } from '../helpers/databases.ts';
import type { Quotas } from '../../src/topics/quotas.ts';
import { storeDigest } from '../../src/store/store-digest.ts';
import { facts } from '../search/archive.ts';
import { checkAnswer, checkRequest, hasOpenApi } from '../helpers/openapi.ts';
import { startOverHttp } from '../http/bot.ts';

/** It is Thursday, 12 June 2025. */
export const NOW = new Date('2025-06-12T10:00:00Z');

/** How interactions come to the bot: over HTTP, or over the gateway. */
const overHttp = process.env['TEST_INTERACTIONS'] === 'http';

/** A bot in a local Discord, over a database in memory. */
export interface World {
  preview: Preview;
  db: Db;
  discord: Discord;
  /** The search of the bot started last. */
  search: () => Search;
  /** Starts another bot on the same database, as after a restart. */
  start: (options?: { commands?: readonly Command[] }) => Promise<Discord>;
}

export interface WorldOptions {
  /** Day of a digest to its papers. */
  digests?: Record<string, PaperFacts[]>;
  commands?: readonly Command[];
  now?: Date;
  nextIngestion?: Date;
  unreadableFiles?: number;
  outboxState?: ReturnType<Services['outboxState']>;
  quotas?: Quotas;
  /** Default: none. */
  log?: Log;
}

/** Starts a local Discord with the bot in it; ends with the test, after checking every request and answer. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { log = silentLog } = options;
  const preview = await startPreview({ port: 0, rateLimited: false });
  const db = await emptyDatabase();
  for (const [day, papers] of Object.entries(options.digests ?? {})) await store(db, day, papers);
  const started: Discord[] = [];
  const searches: Search[] = [];
  const start: World['start'] = async ({ commands = options.commands ?? ours } = {}) => {
    const search = await createSearch({ db, log });
    searches.push(search);
    const services = {
      db,
      search,
      clock: () => options.now ?? NOW,
      log,
      timezone: 'UTC',
      quotas: options.quotas ?? { topicsPerReader: 50, topicsPerServer: 200 },
      nextIngestion: async () => options.nextIngestion ?? null,
      unreadableFiles: async () => options.unreadableFiles ?? 0,
      outboxState: () => options.outboxState ?? ('delivers' as const),
    };
    const { token, apiUrl } = preview;
    const discord = overHttp
      ? await startOverHttp(preview, { commands, services })
      : await startDiscord({ token, apiUrl, commands, services });
    started.push(discord);
    return discord;
  };
  onTestFinished(async () => {
    for (const discord of started) await discord.close();
    await preview.close();
    await db.destroy();
    expectAllowed(preview);
  });
  const discord = await start();
  return { preview, db, discord, start, search: () => searches.at(-1) as Search };
}

function expectAllowed(preview: Preview): void {
  if (!hasOpenApi) return;
  const faults = preview.requests.flatMap(({ method, path, body, status, answer }) => [
    ...checkRequest(method, path, body),
    ...(status === 200 ? checkAnswer(method, path, status, answer) : []),
  ]);
  expect(faults).toEqual([]);
}

/** Stores the papers as a digest of the inbox. */
export async function store(db: Db, day: string, papers: PaperFacts[], origin = `${day}.txt`): Promise<void> {
  const entries = papers.map((paper, index) => ({ ...paper, position: index + 1, line: index + 1 }));
  await storeDigest(db, {
    source: 'inbox',
    origin,
    raw: new TextEncoder().encode(JSON.stringify([day, entries])),
    digest: { layout: 'json-lines', date: day, entries, rejected: [] },
    givenDate: null,
    readAt: new Date(`${day}T08:00:00Z`),
    readOn: day,
  });
}

const TOPICS = ['robot grasping', 'image editing', 'speech recognition', 'protein folding', 'theorem proving'];

/** `count` papers about five subjects in turn. */
export function manyPapers(count: number): PaperFacts[] {
  return Array.from({ length: count }, (_, index) => {
    const topic = TOPICS[index % TOPICS.length] ?? '';
    return facts({
      title: `Study ${index + 1} of ${topic}`,
      abstract: `We look at ${topic} with a small transformer. Study number ${index + 1} finds that more data helps.`,
      authors: ['Mara Lind', 'Ono Pek'],
      publishedOn: `2025-05-${String((index % 28) + 1).padStart(2, '0')}`,
      comments: index,
      arxivId: `2505.${String(10_000 + index)}`,
    });
  });
}

/** A paper of known facts. */
export const LANTERN: PaperFacts = facts({
  title: 'Lantern: Retrieval with *Stars* and <@123>',
  abstract:
    'Lantern answers questions over letters. Our code is at https://github.com/lantern-lab/lantern and is free.',
  organization: { handle: 'lanternlab', name: 'Lantern Lab' },
  publishedOn: '2025-06-10',
  comments: 12,
  upvotes: 80,
  arxivId: '2506.01234',
});

/** The only embed of a message. */
export function embedOf(message: APIMessage) {
  const [embed, ...others] = message.embeds;
  expect(others).toEqual([]);
  if (!embed) throw new Error('The message has no embed.');
  return embed;
}

function components(message: APIMessage): APIComponentInMessageActionRow[] {
  return (message.components ?? []).flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
}

/** The labels of a message's buttons. */
export function buttonsOf(message: APIMessage): string[] {
  return components(message).flatMap((component) => ('label' in component ? [component.label ?? ''] : []));
}

/** The `custom_id` of a message's button with this label. */
export function buttonOf(message: APIMessage, label: string): string {
  const found = components(message).find((component) => 'label' in component && component.label === label);
  if (!found || !('custom_id' in found)) throw new Error(`There is no button "${label}".`);
  return found.custom_id;
}

export const isPrivate = (message: APIMessage): boolean => ((message.flags ?? 0) & 64) !== 0;
