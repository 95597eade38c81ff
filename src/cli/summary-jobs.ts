import { type RunningJob, schedule } from '../schedule.ts';
import { planSummaryEdits } from '../summaries/plan-edits.ts';
import { planSummaries, type SummaryWorld } from '../summaries/plan-summaries.ts';

/** What is due is a stored moment; the clock of the ticks needs no zone. */
const EACH_MINUTE = '* * * * *';
const EVERY_TEN_MINUTES = '*/10 * * * *';

/**
 * Plans the posts of summaries each minute, and edits of them every ten. Nothing is planned before `isReady`: a bot that was
 * down first reads what came meanwhile. `runNow` plans what is due.
 */
export function startSummaries(world: SummaryWorld, isReady: () => boolean): RunningJob {
  const whenReady = (plan: (world: SummaryWorld) => Promise<number>) => async () => {
    if (isReady()) await plan(world);
  };
  const { log } = world;
  const posts = schedule({ name: 'planning summaries', run: whenReady(planSummaries) }, EACH_MINUTE, 'UTC', log);
  const edits = schedule(
    { name: 'editing summaries', run: whenReady(planSummaryEdits) },
    EVERY_TEN_MINUTES,
    'UTC',
    log,
  );
  return {
    runNow: () => posts.runNow(),
    stop: async () => {
      await Promise.all([posts.stop(), edits.stop()]);
    },
  };
}
