import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { errorText, UserError } from '../../core/errors.ts';
import { redact } from '../../core/log.ts';
import { openDatabase } from '../../store/database.ts';
import { databaseFile } from '../../store/health.ts';
import { counted, type Terminal } from '../terminal.ts';
import { checkDatabase } from './checks/database.ts';
import { checkDiscord } from './checks/discord.ts';
import { checkDisk } from './checks/disk.ts';
import { checkInbox } from './checks/inbox.ts';
import { checkNode } from './checks/node.ts';
import { checkSearchIndex } from './checks/search-index.ts';
import { checkSources } from './checks/sources.ts';
import { checkUnreadable } from './checks/unreadable.ts';
import { type Check, type Finding, fault, type Machine, ok, warning, type World } from './finding.ts';

/** What is looked at once the configuration is read. */
const CHECKS: readonly [area: string, check: Check][] = [
  ['database', checkDatabase],
  ['disk', checkDisk],
  ['search index', checkSearchIndex],
  ['inbox', checkInbox],
  ['sources', checkSources],
  ['unreadable', checkUnreadable],
  ['Discord', checkDiscord],
];

const AREA_WIDTH = Math.max('configuration'.length, ...CHECKS.map(([area]) => area.length));
const LEVEL_WIDTH = 'warning'.length;

const thisMachine: Machine = {
  clock: systemClock,
  fetch,
  nodeVersion: process.versions.node,
  freeSpace: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/** A finding as `doctor --json` prints it. */
interface Result extends Finding {
  check: string;
}

/**
 * Checks everything that Paperboy needs and prints a line for each finding, as it comes.
 * @param load reads the configuration, or throws a UserError that names every fault of it.
 * @returns the exit code: 1 when something is at fault, else 0.
 */
export async function doctor(
  load: () => Config,
  options: { json?: boolean },
  terminal: Terminal,
  machine: Machine = thisMachine,
): Promise<number> {
  const counts = { ok: 0, warning: 0, fault: 0 };
  for await (const result of examine(load, machine)) {
    counts[result.level] += 1;
    terminal.out(options.json ? JSON.stringify(result) : resultLine(result, terminal));
  }
  terminal.note(
    counts.fault + counts.warning > 0
      ? `${counted(counts.fault, 'fault')}, ${counted(counts.warning, 'warning')}.`
      : 'All is well.',
  );
  return counts.fault > 0 ? 1 : 0;
}

function resultLine({ level, check, text }: Result, terminal: Terminal): string {
  const shown = level.padEnd(LEVEL_WIDTH);
  return `${level === 'ok' ? shown : terminal.bold(shown)}  ${check.padEnd(AREA_WIDTH)}  ${text}`;
}

async function* examine(load: () => Config, machine: Machine): AsyncGenerator<Result> {
  yield* results('Node.js', () => checkNode(machine));
  let config: Config;
  try {
    config = load();
  } catch (error) {
    yield* results('configuration', async () => configurationFaults(error));
    return;
  }
  yield* results('configuration', async () => [ok('It can be read.')]);
  const database = await open(config.databaseUrl);
  const world: World = { ...machine, config, database };
  try {
    for (const [area, check] of CHECKS) yield* results(area, () => check(world));
  } finally {
    if (database && !(database instanceof Error)) await database.destroy();
  }
}

/** A check that fails is a finding, too. Findings hold outside text: no secrets and no control characters are shown. */
async function* results(check: string, run: () => Promise<Finding[]>): AsyncGenerator<Result> {
  const findings = await run().catch((error: unknown) => [failure(error)]);
  for (const { level, text } of findings) yield { check, level, text: redact(text).replace(/[\s\p{C}]+/gu, ' ') };
}

function failure(error: unknown): Finding {
  if (error instanceof UserError) return fault(error.message);
  return fault(`This could not be checked (${errorText(error)}). Report it to whoever makes Paperboy.`);
}

function configurationFaults(error: unknown): Finding[] {
  const lines = errorText(error).split('\n').slice(1);
  if (!(error instanceof UserError) || lines.length === 0) return [fault(`It cannot be read: ${errorText(error)}`)];
  return [
    ...lines.map((line) => fault(`${line.trim()}. Mend it as .env.example explains.`)),
    warning('Nothing else is checked before that is mended; then run this again.'),
  ];
}

async function open(url: string) {
  const file = databaseFile(url);
  if (file && !existsSync(file)) return null;
  try {
    return await openDatabase(url);
  } catch (error) {
    return error instanceof Error ? error : new Error(errorText(error));
  }
}
