import type { Config } from '../../config.ts';
import { summaryRendering } from '../../discord/render/summary.ts';
import { createWeekPicture } from '../../discord/week-picture.ts';
import type { World } from '../../ingest/document.ts';
import { ingestSources } from '../../ingest/ingest.ts';
import { every, schedule } from '../../schedule.ts';
import type { Search } from '../../search/result.ts';
import { gistOf } from '../../summaries/gist/gist.ts';
import { createAlertPlanner } from '../../topics/plan-alerts.ts';
import { type IngestThread, ingestThread } from '../ingest-thread.ts';
import { tellOperator } from '../operator.ts';
import { startSummaries } from '../summary-jobs.ts';
import { createForgetting } from './forgetting.ts';
import type { Running } from './running.ts';

/**
 * How often alerts are planned, in milliseconds, besides after each ingestion. Not after each paper: what comes in together
 * is told together.
 */
const PLANNING_INTERVAL = 60_000;

/**
 * Reads the sources, at once and on schedule, and plans alerts and summaries, until `ending` is aborted. No run starts while
 * `mayRun` says no. Resolves when what was under way has come to a stop.
 */
export async function runSchedules(
  running: Running,
  search: Search,
  ending: AbortSignal,
  mayRun: () => boolean,
): Promise<void> {
  if (ending.aborted) return;
  const { config, db, log, clock } = running;
  const world: World = { db, log, clock, timezone: config.timezone };
  const reading = readingOf(running, world);
  const planAlerts = createAlertPlanner({ ...world, search, signal: ending });
  const plan = async () => mayRun() && (await planAlerts());
  const planning = every(PLANNING_INTERVAL, { name: 'planning alerts', run: plan }, log);
  const forget = createForgetting({ db, clock, log, rawDays: config.rawDays, signal: ending });
  let hasRead = false;
  const picture = createWeekPicture({ ...world, search });
  const summaryWorld = { ...world, search, render: summaryRendering, gistOf, picture, signal: ending };
  const summaries = startSummaries(summaryWorld, () => hasRead && mayRun());
  const read = async () => {
    if (!mayRun()) return;
    try {
      await reading.run();
      await search.catchUp();
      await planning.runNow();
      await forget();
    } finally {
      // What became due before the first look was over does not wait for the next minute.
      if (!hasRead) {
        hasRead = true;
        void summaries.runNow();
      }
      if (config.operatorChannel) await tellOperator(db, config.operatorChannel, clock());
    }
  };
  const ingestion = schedule({ name: 'ingestion', run: read }, config.ingestCron, config.timezone, log);
  void ingestion.runNow();
  await new Promise((resolve) => ending.addEventListener('abort', resolve, { once: true }));
  reading.stop();
  await Promise.all([ingestion, planning, summaries].map((job) => job.stop()));
}

/** A database in memory is not there for other threads. */
function readingOf({ config, writeLog }: Running, world: World): IngestThread {
  return config.databaseUrl === 'sqlite::memory:' ? readingHere(world, config) : ingestThread(config, writeLog);
}

function readingHere(world: World, config: Config): IngestThread {
  const stopping = new AbortController();
  return {
    run: async () => void (await ingestSources(world, config, { signal: stopping.signal })),
    stop: () => stopping.abort(),
  };
}
