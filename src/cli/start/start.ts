import type { Config } from '../../config.ts';
import { UserError } from '../../core/errors.ts';
import { createLog } from '../../core/log.ts';
import { newProcessId } from '../../core/process-id.ts';
import { projectPath } from '../../core/root.ts';
import { ownVersion } from '../../core/version.ts';
import { ingestPaths } from '../../ingest/ingest.ts';
import { createDatabaseClock } from '../../store/clock.ts';
import { openDatabase } from '../../store/database.ts';
import { TAKEN_OVER_AFTER } from '../../store/holding.ts';
import { countPapers } from '../../store/papers.ts';
import type { Terminal } from '../terminal.ts';
import { closeAll, limitEnding, signalled } from './ending.ts';
import { openGateway } from './gateway.ts';
import { openInteractions, servedRoles } from './http.ts';
import { openIngest } from './ingest.ts';
import { logWriter } from './log-writer.ts';
import { openMonitor } from './monitor.ts';
import { findPlace } from './place.ts';
import { startPulse } from './pulse.ts';
import { parseRoles, ROLES } from './roles.ts';
import type { Running } from './running.ts';
import { searchOnce } from './search-index.ts';
import { openSender } from './sender.ts';

export interface StartOptions {
  /** The roles of this process, with commas between them. Default: all. */
  only?: string;
  /** How long a process that died keeps others from doing what one does at a time, in milliseconds. Default: 15,000. */
  takenOverAfter?: number;
}

/**
 * Runs the roles of this process until SIGINT or SIGTERM, or until Discord ends the session for good; without a token the
 * preview, which is everything in one process. Requests that nobody waits for any more may be left when it returns.
 * @throws UserError when a role is unknown, the database, the preview or Discord cannot be started, or Discord has ended the
 * session.
 */
export async function start(config: Config, options: StartOptions, terminal: Terminal): Promise<void> {
  const roles = parseRoles(options.only);
  if (!config.token && roles.size < ROLES.length) {
    throw new UserError('--only needs DISCORD_TOKEN: without it Paperboy runs the preview, which is one process.');
  }
  const served = servedRoles(roles, config, Boolean(options.only?.trim()));
  const writeLog = logWriter();
  const log = createLog(config.logLevel, writeLog);
  const beginning: Beginning = {
    id: newProcessId(),
    takenOverAfter: options.takenOverAfter ?? TAKEN_OVER_AFTER,
    config,
    roles: served,
    log,
    writeLog,
    terminal,
    closers: [],
    foundations: [],
  };
  try {
    // Whoever ends a process may do so while it is still starting.
    const end = await Promise.race([signalled(log), open(beginning).then(({ ended }) => ended)]);
    if (end instanceof UserError) throw end;
    log.info(`${end}: stopping`);
  } finally {
    limitEnding(log);
    await closeAll(beginning.closers, beginning.foundations, log);
  }
}

type Beginning = Omit<Running, 'db' | 'clock' | 'place' | 'monitor' | 'search'>;

interface Opened {
  /** Resolves when Discord ends the session for good; without the gateway never. */
  ended: Promise<UserError>;
}

/** Opens everything in the order in which one thing needs the other. */
async function open(beginning: Beginning): Promise<Opened> {
  const { config, roles, log, foundations, terminal } = beginning;
  const db = await openDatabase(config.databaseUrl);
  foundations.push(() => db.destroy());
  const databaseClock = createDatabaseClock(db);
  await startPulse({ ...beginning, db }, databaseClock, ownVersion());
  const { clock } = databaseClock;
  const monitor = await openMonitor({ ...beginning, db, clock });
  const place = await findPlace(config, log, foundations);
  if (place.page) await loadSamples({ db, log, clock, timezone: config.timezone });
  const search = searchOnce({ config, db, log, foundations }, (opened) => monitor?.sees(opened));
  const running: Running = { ...beginning, db, clock, place, monitor, search };
  const outbox = roles.has('sender') ? await openSender(running) : null;
  const discord = roles.has('gateway') ? await openGateway(running, outbox) : null;
  if (roles.has('http')) await openInteractions(running, outbox);
  if (roles.has('ingest')) await openIngest(running);
  monitor?.started();
  if (!discord) terminal.out(`Paperboy runs: ${[...roles].join(', ')}.`);
  return discord ?? { ended: new Promise(() => {}) };
}

/** Gives an empty archive the sample digests, so that there is something to search. */
async function loadSamples(world: Parameters<typeof ingestPaths>[0]): Promise<void> {
  if ((await countPapers(world.db)) === 0) await ingestPaths(world, [projectPath('data', 'samples')]);
}
