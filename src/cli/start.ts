import pretty from 'pino-pretty';
import { commands } from '../../commands/index.ts';
import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { UserError } from '../core/errors.ts';
import { createLog, type Log } from '../core/log.ts';
import { projectPath } from '../core/root.ts';
import { type Discord, type DiscordOptions, startDiscord } from '../discord/client.ts';
import type { GuildListener } from '../discord/guilds.ts';
import { renderAlert } from '../discord/render/alert.ts';
import { ownerNotice } from '../discord/render/owner-notice.ts';
import { summaryRendering } from '../discord/render/summary.ts';
import { createSender } from '../discord/send.ts';
import { createWeekPicture } from '../discord/week-picture.ts';
import type { World } from '../ingest/document.ts';
import { ingestPaths, ingestSources } from '../ingest/ingest.ts';
import { countUnreadable } from '../sources/inbox.ts';
import { type Outbox, startOutbox } from '../outbox/worker.ts';
import { startPreview } from '../preview/preview.ts';
import { every, schedule } from '../schedule.ts';
import { createSearch } from '../search/search.ts';
import { forgetStatesBefore } from '../store/button-states.ts';
import { type Db, openDatabase } from '../store/database.ts';
import { enableDestination } from '../store/disabled-destinations.ts';
import { forgetCatchesBefore } from '../store/catches.ts';
import { forgetDepartedGuilds, guildJoined, guildLeft, guildsPresent } from '../store/departed-guilds.ts';
import { countPapers } from '../store/papers.ts';
import { gistOf } from '../summaries/gist/gist.ts';
import { createAlertPlanner } from '../topics/plan-alerts.ts';
import { type IngestThread, ingestThread } from './ingest-thread.ts';
import { operator, tellOperator } from './operator.ts';
import { startSummaries } from './summary-jobs.ts';
import type { Terminal } from './terminal.ts';

/** How often the index looks for papers that another process stored, in milliseconds. */
const CATCH_UP_INTERVAL = 2000;

/**
 * How often alerts are planned, in milliseconds, besides after each ingestion. Not after each paper: what comes in together
 * is told together.
 */
const PLANNING_INTERVAL = 60_000;

interface Logging {
  log: Log;
  /** Takes the lines of other threads' logs. */
  write: (line: string) => void;
}

/** How long the buttons of a message work, in milliseconds: half a year. A pressed one works as long again. */
const BUTTONS_KEPT = 183 * 24 * 3_600_000;

/** Closes what was opened; the last opened first. */
type Closers = (() => Promise<unknown>)[];

/**
 * Runs everything until SIGINT or SIGTERM, or until Discord ends the session for good: ingestion on its schedule, search,
 * and Discord, or the preview without a token.
 * @throws UserError when the database, the preview or Discord cannot be started, or Discord has ended the session.
 */
export async function start(config: Config, terminal: Terminal): Promise<void> {
  const write = logWriter();
  const log = createLog(config.logLevel, write);
  const closers: Closers = [];
  const stopping = signalled();
  try {
    const discord = await open(config, { log, write }, terminal, closers);
    const end = await Promise.race([stopping, discord.ended]);
    if (end instanceof UserError) throw end;
    log.info(`${end}: stopping`);
  } finally {
    for (const close of closers.reverse()) {
      await close().catch((error: unknown) => log.warn({ err: error }, 'could not be stopped cleanly'));
    }
  }
}

/** Opens everything in the order in which one thing needs the other, and says where to go. */
async function open(config: Config, { log, write }: Logging, terminal: Terminal, closers: Closers): Promise<Discord> {
  const db = await openDatabase(config.databaseUrl);
  closers.push(() => db.destroy());
  const world: World = { db, log, clock: systemClock, timezone: config.timezone };
  if (!config.token) await loadSamples(world);

  const search = await createSearch({ db, log, databaseUrl: config.databaseUrl });
  // A database in memory is not there for other threads.
  const reading = config.databaseUrl === 'sqlite::memory:' ? readingHere(world, config) : ingestThread(config, write);
  const ending = new AbortController();
  const planAlerts = createAlertPlanner({ ...world, search, render: renderAlert, signal: ending.signal });
  const planning = every(PLANNING_INTERVAL, { name: 'planning alerts', run: planAlerts }, log);
  closers.push(() => planning.stop());
  let hasRead = false;
  const picture = createWeekPicture({ ...world, search });
  const summaryWorld = { ...world, search, render: summaryRendering, gistOf, picture };
  const summaries = startSummaries(summaryWorld, () => hasRead);
  closers.push(() => summaries.stop());
  const read = async () => {
    try {
      await reading.run();
      await search.catchUp();
      await planning.runNow();
      await forgetOld(db, systemClock());
    } finally {
      hasRead = true;
      if (config.operatorChannel) await tellOperator(db, config.operatorChannel, systemClock());
    }
  };
  const ingestion = schedule({ name: 'ingestion', run: read }, config.ingestCron, config.timezone, log);
  closers.push(() => {
    reading.stop();
    ending.abort();
    return ingestion.stop();
  });
  const catchUp = every(CATCH_UP_INTERVAL, { name: 'index catch-up', run: () => search.catchUp() }, log);
  closers.push(() => catchUp.stop());

  let outbox: Outbox | null = null;
  const services: DiscordOptions['services'] = {
    db,
    search,
    clock: systemClock,
    log,
    timezone: config.timezone,
    quotas: config.quotas,
    nextIngestion: () => ingestion.nextRun(),
    unreadableFiles: () => countUnreadable(config.inbox),
    outboxState: () => outbox?.state() ?? 'stands by',
  };
  const { token, apiUrl, guildId, page } = await place(config, log, closers);
  const discord = await startDiscord({ token, apiUrl, guildId, commands, services, onGuilds: guildListener(db) });
  closers.push(() => discord.close());
  terminal.out(
    page
      ? `The preview is ready: ${page} (no DISCORD_TOKEN is set; Ctrl+C ends it)`
      : `${discord.name} is in. Add it to a server: ${discord.inviteUrl}`,
  );

  // Whatever was wrong with the channel may have been mended since.
  if (config.operatorChannel) await enableDestination(db, operator(config.operatorChannel));
  const sender = createSender({ token, apiUrl });
  const delivering = startOutbox({
    db,
    sender,
    clock: systemClock,
    log,
    renderNotice: ownerNotice,
    keepMessagesFor: config.outboxDays * 24 * 3_600_000,
  });
  outbox = delivering;
  closers.push(() => delivering.stop());
  void ingestion.runNow();
  return discord;
}

function guildListener(db: Db): GuildListener {
  return {
    present: (ids) => guildsPresent(db, ids, systemClock()),
    joined: (id) => guildJoined(db, id),
    left: (id) => guildLeft(db, id, systemClock()),
  };
}

/** Forgets what nobody asks for any more. */
async function forgetOld(db: Db, now: Date): Promise<void> {
  const date = new Date(now.getTime() - BUTTONS_KEPT);
  await forgetStatesBefore(db, date);
  await forgetCatchesBefore(db, date);
  await forgetDepartedGuilds(db, now);
}

function readingHere(world: World, config: Config): IngestThread {
  const stopping = new AbortController();
  return {
    run: async () => void (await ingestSources(world, config, { signal: stopping.signal })),
    stop: () => stopping.abort(),
  };
}

/** Where the bot logs in. */
interface Place extends Pick<Config, 'apiUrl' | 'guildId'> {
  token: string;
  /** The address of the preview's page. */
  page: string | null;
}

/** The real Discord, or without a token one that is served on this machine as if it were. */
async function place({ token, apiUrl, guildId, previewPort }: Config, log: Log, closers: Closers): Promise<Place> {
  if (token) return { token, apiUrl, guildId, page: null };
  const local = await startPreview({ port: previewPort, log });
  closers.push(() => local.close());
  return { token: local.token, apiUrl: local.apiUrl, guildId: null, page: local.url };
}

/** Gives an empty archive the sample digests, so that there is something to search. */
async function loadSamples(world: World): Promise<void> {
  if ((await countPapers(world.db)) === 0) await ingestPaths(world, [projectPath('data', 'samples')]);
}

/** Resolves with the signal that asks this process to end. */
function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}

/** JSON lines; readable ones on a terminal. */
function logWriter(): (line: string) => void {
  if (!process.stdout.isTTY) return (line) => void process.stdout.write(line);
  const stream = pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss' });
  return (line) => void stream.write(line);
}
