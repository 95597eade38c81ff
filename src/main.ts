#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { backfillFromCommandLine, type BackfillOptions } from './cli/backfill.ts';
import { compactFromCommandLine } from './cli/compact.ts';
import { printGists, readInput } from './cli/gist.ts';
import { ingestFromCommandLine } from './cli/ingest.ts';
import { printOutbox } from './cli/outbox.ts';
import { printPapers } from './cli/papers.ts';
import { rereadFromCommandLine } from './cli/reread.ts';
import { printRelated, printSearches, RELATED_ORDERS, type SearchCommandOptions } from './cli/search.ts';
import type { MoveOptions } from './cli/move.ts';
import type { StartOptions } from './cli/start/start.ts';
import type { SetupOptions } from './cli/setup/command.ts';
import { processTerminal } from './cli/terminal.ts';
import { exportTopics, importTopics } from './cli/topics.ts';
import { type Config, loadConfig, readEnvironment } from './config.ts';
import { systemClock } from './core/clock.ts';
import { isDay } from './core/dates.ts';
import { errorText, UserError } from './core/errors.ts';
import { redact, silentLog } from './core/log.ts';
import type { Search } from './search/result.ts';
import { createSearch } from './search/search.ts';
import { type Db, openDatabase } from './store/database.ts';

const terminal = processTerminal();

const program = new Command('paperboy')
  .description('Research papers for a Discord community: search, topics and a daily summary.')
  .exitOverride()
  .showHelpAfterError('(paperboy --help lists what there is)');

program
  .command('start', { isDefault: true })
  .description('run the bot; without DISCORD_TOKEN, the preview in a browser')
  .option('--only <roles>', 'what this process does, out of gateway, http, ingest, sender (default: all)')
  // Loaded only here: the other commands start several times as fast without Discord's client.
  .action(async (options: StartOptions) => {
    const { start } = await import('./cli/start/start.ts');
    await start(loadConfig(), options, terminal);
    // A request that hangs would keep the process.
    process.exit();
  });

program
  .command('ingest [paths...]')
  .description('read digests: these files and folders, or every configured source once')
  .option('--date <day>', 'the day the digests were read, YYYY-MM-DD (default: today)', day)
  .option('--json', 'one JSON object per digest')
  .action((paths: string[], options: { date?: string; json?: boolean }) =>
    withDatabase(async (db, config) => {
      process.exitCode = await ingestFromCommandLine(db, config, paths, options, terminal);
    }),
  );

program
  .command('backfill')
  .description('read the Daily Papers lists of past days, at most 100 a minute; goes on where it was ended')
  .requiredOption('--from <day>', 'first day, YYYY-MM-DD', day)
  .option('--to <day>', 'last day, YYYY-MM-DD (default: today)', day)
  .action((options: BackfillOptions) =>
    withDatabase(async (db, config) => {
      const world = { db, log: silentLog, clock: systemClock, timezone: config.timezone };
      process.exitCode = await backfillFromCommandLine(world, config, options, terminal, interruption());
    }),
  );

program
  .command('reread')
  .description('read every kept document again, as the reader of this version understands it')
  .option('--json', 'one JSON object per digest')
  .action((options: { json?: boolean }) =>
    withDatabase(async (db) => {
      process.exitCode = await rereadFromCommandLine(db, options, terminal);
    }),
  );

program
  .command('move')
  .description('copy the archive to another database, whole and compared; the present one stays as it is')
  .requiredOption('--to <address>', 'an empty database, as DATABASE_URL takes it')
  .option('--json', 'one JSON object')
  .action((options: MoveOptions) =>
    withDatabase(async (db, config) => {
      const { moveFromCommandLine } = await import('./cli/move.ts');
      process.exitCode = await moveFromCommandLine(db, config.databaseUrl, options, terminal, interruption());
    }),
  );

program
  .command('backup <file>')
  .description('write the archive to a new file, an SQLite database, also while Paperboy runs')
  .option('--json', 'one JSON object')
  .action(async (file: string, options: { json?: boolean }) => {
    const { backupFromCommandLine } = await import('./cli/backup.ts');
    const { databaseUrl } = loadConfig();
    process.exitCode = await backupFromCommandLine(databaseUrl, file, options, terminal, interruption());
  });

program
  .command('restore <file>')
  .description('put a backup in place of the database, which is kept, or into an empty PostgreSQL database')
  .action(async (file: string) => {
    const { restoreFromCommandLine } = await import('./cli/restore.ts');
    const world = { databaseUrl: loadConfig().databaseUrl, clock: systemClock, terminal, signal: interruption() };
    process.exitCode = await restoreFromCommandLine(world, file);
  });

program
  .command('papers')
  .description('list every stored paper')
  .option('--json', 'one JSON object per paper')
  .option('--since <sequence>', 'only papers stored after this sequence number', wholeNumber, 0)
  .action((options: { json?: boolean; since: number }) => withDatabase((db) => printPapers(db, options, terminal)));

program
  .command('compact')
  .description('give the space of what was dropped back to the disk')
  .action(() => withDatabase((db, config) => compactFromCommandLine(db, config.databaseUrl, terminal)));

const topics = program.command('topics').description('topics as JSON Lines');

topics
  .command('export')
  .description('print every topic, one JSON object a line')
  .action(() => withDatabase((db) => exportTopics(db, terminal)));

topics
  .command('import <file>')
  .description('add and change topics from a file of such lines; "-" reads standard input')
  .action((file: string) =>
    withDatabase(async (db) => {
      process.exitCode = await importTopics(db, file, systemClock, terminal);
    }),
  );

program
  .command('outbox')
  .description('list the messages that were planned, and what became of them')
  .option('--json', 'one JSON object per message')
  .action((options: { json?: boolean }) => withDatabase((db) => printOutbox(db, options, terminal)));

program
  .command('search <query>')
  .description('search the archive; "-" answers one query per line of standard input')
  .option('--limit <count>', 'most papers per query', positiveNumber, 10)
  .option('--plain', 'take the query as words only')
  .option('--json', 'one JSON object per query')
  .action((query: string, options: SearchCommandOptions) =>
    withSearch(async (search) => {
      const queries = query === '-' ? createInterface({ input: process.stdin }) : [query];
      await printSearches(search, queries, options, terminal);
    }),
  );

program
  .command('related')
  .argument('<id>', 'id of a paper', wholeNumber)
  .description('papers like the one with this id')
  .option('--limit <count>', 'most papers', positiveNumber, 10)
  .addOption(
    new Option('--sort <order>', 'what comes first').choices(Object.keys(RELATED_ORDERS)).default('similarity'),
  )
  .option('--json', 'one JSON object')
  .action((id: number, options: SearchCommandOptions & { sort: keyof typeof RELATED_ORDERS }) =>
    withSearch((search) => printRelated(search, id, options, terminal)),
  );

program
  .command('gist [file]')
  .description('say in one sentence what each abstract of a JSON Lines file, or of standard input, is about')
  .option('--json', 'one JSON object per abstract')
  .action(async (file: string | undefined, options: { json?: boolean }) => {
    process.exitCode = printGists(await readInput(file), options, terminal);
  });

program
  .command('setup')
  .description('ask for what a bot needs, check it and write it to .env; with any option nothing is asked')
  .option('--token-from-stdin', 'read the token from standard input (default: DISCORD_TOKEN)')
  .option('--server <id>', 'server of the daily summary')
  .option('--channel <id>', 'channel of the daily summary (default: none is set up)')
  .option('--time <time>', 'when it comes, for example 09:00')
  .option('--timezone <zone>', 'IANA zone, for example Europe/Berlin')
  .option('--sources <names>', 'sources to read, comma-separated')
  .option('--arxiv <categories>', 'categories of arXiv, comma-separated')
  .option('--contact <address>', 'an address of yours that hosts are told')
  .option('--database <url>', 'sqlite:PATH or postgres://…')
  .option('--yes', 'take what is set already, or the defaults, for all the rest')
  .action(async (options: SetupOptions) => {
    const { setupFromCommandLine } = await import('./cli/setup/command.ts');
    process.exitCode = await setupFromCommandLine(options, terminal);
  });

program
  .command('doctor')
  .description('check configuration, database, sources and Discord, and say what to mend')
  .option('--json', 'one JSON object per finding')
  .action(async (options: { json?: boolean }) => {
    const { doctor } = await import('./cli/doctor/doctor.ts');
    process.exitCode = await doctor(readEnvironment, options, terminal);
    // What did not answer may still be waited for.
    setTimeout(() => process.exit(), 1000).unref();
  });

/** Aborted by Ctrl+C. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  return interrupted.signal;
}

function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Expected a day as YYYY-MM-DD.');
  return text;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

function positiveNumber(text: string): number {
  if (wholeNumber(text) === 0) throw new InvalidArgumentError('Expected a number from 1.');
  return Number(text);
}

async function withDatabase(use: (db: Db, config: Config) => Promise<void>): Promise<void> {
  const config = loadConfig();
  const db = await openDatabase(config.databaseUrl);
  try {
    await use(db, config);
  } finally {
    await db.destroy();
  }
}

function withSearch(use: (search: Search) => Promise<void>): Promise<void> {
  return withDatabase(async (db, { databaseUrl }) => use(await createSearch({ db, log: silentLog, databaseUrl })));
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const words =
      error instanceof UserError
        ? error.message
        : `Something went wrong: ${(error as Error).stack ?? errorText(error)}`;
    terminal.note(redact(words));
    process.exitCode = 1;
  }
}
