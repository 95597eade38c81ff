import type { Config } from '../../config.ts';
import { systemClock } from '../../core/clock.ts';
import { renderAlert } from '../../discord/render/alert.ts';
import { summaryRendering } from '../../discord/render/summary.ts';
import { createWeekPicture } from '../../discord/week-picture.ts';
import type { World } from '../../ingest/document.ts';
import { ingestSources } from '../../ingest/ingest.ts';
import { every, schedule } from '../../schedule.ts';
import { forgetStatesBefore } from '../../store/button-states.ts';
import { forgetCatchesBefore } from '../../store/catches.ts';
import type { Db } from '../../store/database.ts';
import { forgetDepartedGuilds } from '../../store/departed-guilds.ts';
import { gistOf } from '../../summaries/gist/gist.ts';
import { createAlertPlanner } from '../../topics/plan-alerts.ts';
import { type IngestThread, ingestThread } from '../ingest-thread.ts';
import { tellOperator } from '../operator.ts';
import { startSummaries } from '../summary-jobs.ts';
import type { Running } from './running.ts';

/**
 * How often alerts are planned, in milliseconds, besides after each ingestion. Not after each paper: what comes in together
 * is told together.
 */
const PLANNING_INTERVAL = 60_000;

/** How long the buttons of a message work, in milliseconds: half a year. A pressed one works as long again. */
const BUTTONS_KEPT = 183 * 24 * 3_600_000;

/** Reads the sources, now and on schedule, and plans alerts and summaries. It needs the index, and no Discord. */
export async function openIngest({ config, db, log, writeLog, search: index, closers }: Running): Promise<void> {
  const search = await index();
  const world: World = { db, log, clock: systemClock, timezone: config.timezone };
  // A database in memory is not there for other threads.
  const reading =
    config.databaseUrl === 'sqlite::memory:' ? readingHere(world, config) : ingestThread(config, writeLog);
  const ending = new AbortController();
  const planAlerts = createAlertPlanner({ ...world, search, render: renderAlert, signal: ending.signal });
  const planning = every(PLANNING_INTERVAL, { name: 'planning alerts', run: planAlerts }, log);
  let hasRead = false;
  const picture = createWeekPicture({ ...world, search });
  const summaryWorld = { ...world, search, render: summaryRendering, gistOf, picture };
  const summaries = startSummaries(summaryWorld, () => hasRead);
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
  closers.push(async () => {
    reading.stop();
    ending.abort();
    await Promise.all([ingestion, planning, summaries].map((job) => job.stop()));
  });
  void ingestion.runNow();
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
