import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { addDays, dayInZone } from '../core/dates.ts';
import { UserError } from '../core/errors.ts';
import type { World } from '../ingest/document.ts';
import { ingestDays } from '../ingest/ingest.ts';
import { HUGGING_FACE, recentDays } from '../sources/hugging-face.ts';
import { backfilledDays, markBackfilled } from '../store/backfilled-days.ts';
import { counted, type Terminal } from './terminal.ts';

/** A host that wants to be left alone for longer ends the run, in milliseconds. */
const LONGEST_WAIT = 15 * 60_000;
/** What the client's spacing of requests comes to. */
const DAYS_A_MINUTE = 100;
/** How often one day is tried. */
const TRIES = 3;

export interface BackfillOptions {
  /** `YYYY-MM-DD`. */
  from: string;
  /** `YYYY-MM-DD`; by default today. */
  to?: string;
}

interface Run {
  world: World;
  config: Config;
  terminal: Terminal;
  /** Aborted to end after the day under way. */
  signal: AbortSignal;
  wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

interface Day {
  outcome: 'read' | 'unreadable' | 'stopped';
  newPapers: number;
}

/**
 * Reads the Daily Papers lists of past days, oldest first, at most 100 requests a minute. Days that have been read are remembered, so
 * that a run that was ended goes on where it stopped.
 * @returns the exit code: 1 when a day could not be read, 130 when `signal` ended it, else 0.
 * @throws UserError when `to` is before `from`.
 */
export async function backfillFromCommandLine(
  world: World,
  config: Config,
  options: BackfillOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const run: Run = { world, config, terminal, signal, wait: world.network?.wait ?? waitForReal };
  const days = await daysToRead(world, options);
  if (days.length > 0) {
    const minutes = Math.ceil(days.length / DAYS_A_MINUTE);
    terminal.note(
      `Asking for ${counted(days.length, 'day')}, at most ${DAYS_A_MINUTE} a minute: about ${counted(minutes, 'minute')}. Ctrl+C ends it; the same command goes on from there.`,
    );
  }
  const { read, unreadable, newPapers, stoppedAt } = await readDays(run, days);
  terminal.note(`${counted(read, 'day')} read, ${newPapers} new ${newPapers === 1 ? 'paper' : 'papers'}.`);
  if (unreadable > 0) terminal.note(`${counted(unreadable, 'day')} could not be read and will be asked for again.`);
  if (stoppedAt) terminal.note(`Ended before ${stoppedAt}. Run the same command again to go on.`);
  if (signal.aborted) return 130;
  return unreadable > 0 || stoppedAt ? 1 : 0;
}

const waitForReal: Run['wait'] = (milliseconds, signal) => pause(milliseconds, undefined, { signal });

async function daysToRead({ db, clock }: World, { from, to }: BackfillOptions): Promise<string[]> {
  const today = dayInZone(clock(), 'UTC');
  const last = to !== undefined && to < today ? to : today;
  if (last < from) throw new UserError(`There is no day from ${from} to ${last}.`);
  const done = await backfilledDays(db, HUGGING_FACE);
  const days: string[] = [];
  for (let day = from; day <= last; day = addDays(day, 1)) if (!done.has(day)) days.push(day);
  return days;
}

async function readDays(run: Run, days: readonly string[]) {
  const { world, terminal } = run;
  const result = { read: 0, unreadable: 0, newPapers: 0, stoppedAt: null as string | null };
  // A list of these days may still grow.
  const open = new Set(recentDays(world.clock()));
  const progress = terminal.progress('Reading past days');
  for (const [index, day] of days.entries()) {
    progress.at(index, days.length, `${day} · ${result.newPapers} new`);
    const { outcome, newPapers } = await readDay(run, day);
    result.newPapers += newPapers;
    if (outcome === 'stopped') {
      result.stoppedAt = day;
      break;
    }
    result[outcome] += 1;
    if (outcome === 'read' && !open.has(day)) await markBackfilled(world.db, HUGGING_FACE, day);
  }
  progress.end();
  return result;
}

async function readDay({ world, config, terminal, signal, wait }: Run, day: string): Promise<Day> {
  for (let tries = 1; !signal.aborted; tries += 1) {
    let trouble: { problem: string; until: Date | null } | null = null;
    const reports = await ingestDays(world, config, [day], {
      signal,
      onTrouble: (_source, problem, until) => (trouble = { problem, until }),
    });
    const [report] = reports;
    for (const { error } of reports) if (error) terminal.note(`${day}: ${error.reason}`);
    const failure = trouble as { problem: string; until: Date | null } | null;
    if (!failure) return { outcome: report?.error ? 'unreadable' : 'read', newPapers: report?.new ?? 0 };
    if (signal.aborted) break;
    const pauseFor = (failure.until?.getTime() ?? Infinity) - world.clock().getTime();
    if (!report) terminal.note(`${day}: ${failure.problem}`);
    if (tries === TRIES || pauseFor > LONGEST_WAIT) break;
    terminal.note(`Waiting for ${counted(Math.ceil(pauseFor / 1000), 'second')}.`);
    await wait(Math.max(0, pauseFor), signal).catch(() => {});
  }
  return { outcome: 'stopped', newPapers: 0 };
}
