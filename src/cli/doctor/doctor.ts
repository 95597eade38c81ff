import { statfs } from 'node:fs/promises';
import { type Config, type Environment, mergedEnvironment, readConfig } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { errorText, UserError } from '../../core/errors.ts';
import { redact } from '../../core/log.ts';
import { counted, type Terminal } from '../terminal.ts';
import { checkClock } from './checks/clock.ts';
import { checkDatabase } from './checks/database.ts';
import { checkDestinations } from './checks/destinations.ts';
import { checkDiscord } from './checks/discord.ts';
import { checkDisk } from './checks/disk.ts';
import { checkHosts } from './checks/hosts.ts';
import { checkHttp } from './checks/http.ts';
import { checkInbox } from './checks/inbox.ts';
import { checkNames } from './checks/names.ts';
import { checkNode } from './checks/node.ts';
import { checkProcesses } from './checks/processes.ts';
import { checkSearchIndex } from './checks/search-index.ts';
import { checkSources } from './checks/sources.ts';
import { checkUnreadable } from './checks/unreadable.ts';
import { type Check, type Finding, fault, type Machine, warning, type World } from './finding.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { withinTime } from './within-time.ts';

/** What is looked at once the configuration is read. */
const CHECKS: readonly [area: string, check: Check][] = [
  ['database', checkDatabase],
  ['disk', checkDisk],
  ['search index', checkSearchIndex],
  ['inbox', checkInbox],
  ['sources', checkSources],
  ['hosts', checkHosts],
  ['unreadable', checkUnreadable],
  ['processes', checkProcesses],
  ['clock', checkClock],
  ['HTTP', checkHttp],
  ['Discord', checkDiscord],
  ['destinations', checkDestinations],
];

const AREA_WIDTH = Math.max('configuration'.length, ...CHECKS.map(([area]) => area.length));
const LEVEL_WIDTH = 'warning'.length;
const SEVEREST_FIRST = ['fault', 'warning', 'ok'] as const;

export const thisMachine: Machine = {
  clock: systemClock,
  fetch,
  nodeVersion: process.versions.node,
  space: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  },
  patience: 20_000,
};

/** A finding as `doctor --json` prints it. */
interface Result extends Finding {
  check: string;
}

/**
 * Checks everything that Paperboy needs, side by side, and prints a line for each finding, the severest first.
 * @param read says what the variables are, or throws a UserError.
 * @returns the exit code: 1 when something is at fault, else 0.
 */
export async function doctor(
  read: () => Environment,
  options: { json?: boolean },
  terminal: Terminal,
  machine: Machine = thisMachine,
): Promise<number> {
  const results = await examine(read, machine);
  const of = (level: Finding['level']) => results.filter((result) => result.level === level);
  for (const result of SEVEREST_FIRST.flatMap(of)) {
    terminal.out(options.json ? JSON.stringify(result) : resultLine(result, terminal));
  }
  const [faults, warnings] = [of('fault').length, of('warning').length];
  terminal.note(
    faults + warnings > 0 ? `${counted(faults, 'fault')}, ${counted(warnings, 'warning')}.` : 'All is well.',
  );
  return faults > 0 ? 1 : 0;
}

function resultLine({ level, check, text }: Result, terminal: Terminal): string {
  const shown = level.padEnd(LEVEL_WIDTH);
  return `${level === 'ok' ? shown : terminal.bold(shown)}  ${check.padEnd(AREA_WIDTH)}  ${text}`;
}

async function examine(read: () => Environment, machine: Machine): Promise<Result[]> {
  const node = await results('Node.js', () => checkNode(machine));
  let environment: Environment;
  let config: Config;
  try {
    environment = read();
    config = readConfig(mergedEnvironment(environment));
  } catch (error) {
    return [...node, ...(await results('configuration', async () => configurationFaults(error)))];
  }
  const names = await results('configuration', async () => checkNames(environment));
  const database = lookAtDatabase(config.databaseUrl, machine.patience);
  const world: World = { ...machine, config, database };
  const found = await Promise.all(
    CHECKS.map(([area, check]) => results(area, () => withinTime(check(world), machine.patience))),
  );
  await closed(database);
  return [...node, ...names, ...found.flat()];
}

/** A check that fails is a finding, too. Findings hold outside text: no secrets and no control characters are shown. */
async function results(check: string, run: () => Promise<Finding[]>): Promise<Result[]> {
  const findings = await run().catch((error: unknown) => [failure(error)]);
  return findings.map(({ level, text }) => ({ check, level, text: redact(text).replace(/[\s\p{C}]+/gu, ' ') }));
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

/** One that does not even close is left to the end of the process. */
async function closed(database: World['database']): Promise<void> {
  const db = await database;
  if (db && !(db instanceof Error)) await withinTime(db.destroy(), CLOSING).catch(() => {});
}

/** In milliseconds. */
const CLOSING = 1000;
