import type { Config } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import { createLog } from '../../core/log.ts';
import { projectPath } from '../../core/root.ts';
import { ingestPaths } from '../../ingest/ingest.ts';
import { openDatabase } from '../../store/database.ts';
import { countPapers } from '../../store/papers.ts';
import type { Terminal } from '../terminal.ts';
import { openGateway } from './gateway.ts';
import { openIngest } from './ingest.ts';
import { logWriter } from './log-writer.ts';
import { findPlace } from './place.ts';
import { parseRoles, ROLES } from './roles.ts';
import type { Close, Running } from './running.ts';
import { searchOnce } from './search-index.ts';
import { openSender } from './sender.ts';

export interface StartOptions {
  /** The roles of this process, with commas between them. Default: all. */
  only?: string;
}

/**
 * Runs the roles of this process until SIGINT or SIGTERM, or until Discord ends the session for good; without a token the
 * preview, which is everything in one process.
 * @throws UserError when a role is unknown, the database, the preview or Discord cannot be started, or Discord has ended the
 * session.
 */
export async function start(config: Config, options: StartOptions, terminal: Terminal): Promise<void> {
  const roles = parseRoles(options.only);
  if (!config.token && roles.size < ROLES.length) {
    throw new UserError('--only needs DISCORD_TOKEN: without it Paperboy runs the preview, which is one process.');
  }
  const writeLog = logWriter();
  const log = createLog(config.logLevel, writeLog);
  const closers: Close[] = [];
  const stopping = signalled();
  try {
    const { ended } = await open({ config, roles, log, writeLog, terminal, closers });
    const end = await Promise.race([stopping, ended]);
    if (end instanceof UserError) throw end;
    log.info(`${end}: stopping`);
  } finally {
    for (const close of closers.reverse()) {
      await close().catch((error: unknown) => log.warn({ err: error }, 'could not be stopped cleanly'));
    }
  }
}

type Beginning = Omit<Running, 'db' | 'place' | 'search'>;

interface Opened {
  /** Resolves when Discord ends the session for good; without the gateway never. */
  ended: Promise<UserError>;
}

/** Opens everything in the order in which one thing needs the other. */
async function open(beginning: Beginning): Promise<Opened> {
  const { config, roles, log, closers, terminal } = beginning;
  const db = await openDatabase(config.databaseUrl);
  closers.push(() => db.destroy());
  const place = await findPlace(config, log, closers);
  if (place.page) await loadSamples({ db, log, clock: systemClock, timezone: config.timezone });
  const running: Running = { ...beginning, db, place, search: searchOnce({ config, db, log, closers }) };
  const outbox = roles.has('sender') ? await openSender(running) : null;
  const discord = roles.has('gateway') ? await openGateway(running, outbox) : null;
  if (roles.has('ingest')) await openIngest(running);
  if (!discord) terminal.out(`Paperboy runs: ${[...roles].join(', ')}.`);
  return discord ?? { ended: new Promise(() => {}) };
}

/** Gives an empty archive the sample digests, so that there is something to search. */
async function loadSamples(world: Parameters<typeof ingestPaths>[0]): Promise<void> {
  if ((await countPapers(world.db)) === 0) await ingestPaths(world, [projectPath('data', 'samples')]);
}

/** Resolves with the signal that asks this process to end. */
function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}
