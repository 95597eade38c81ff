import type { Services } from '../../src/discord/command.ts';
import { createWeekPicture } from '../../src/discord/week-picture.ts';
import { summaryRendering } from '../../src/discord/render/summary.ts';
import { gistOf } from '../../src/summaries/gist/gist.ts';
import type { SummaryWorld } from '../../src/summaries/plan-summaries.ts';

/** What planning a summary needs, of what commands have. */
export function summaryWorld({ db, search, clock, log }: Services): SummaryWorld {
  const services = { db, search, clock, log };
  return { ...services, render: summaryRendering, gistOf, picture: createWeekPicture(services) };
}
