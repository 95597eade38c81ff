import { silentLog } from '../../src/core/log.ts';
import type { Db } from '../../src/store/database.ts';
import { deliveriesAfter } from '../../src/store/deliveries.ts';
import { createSummary, type NewSummary } from '../../src/store/summaries.ts';
import type { SummaryRendering } from '../../src/summaries/edition.ts';
import { gistOf } from '../../src/summaries/gist/gist.ts';
import { planSummaryEdits } from '../../src/summaries/plan-edits.ts';
import { planSummaries, postNow } from '../../src/summaries/plan-summaries.ts';
import { memory } from '../store/fixtures.ts';

/** Sunday noon; summaries of these tests are due at nine in Berlin, in winter at eight by UTC. */
export const NOW = new Date('2025-03-09T12:00:00Z');
export const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
export const NINE_IN_BERLIN = { minute: 540, days: EVERY_DAY, timezone: 'Europe/Berlin' };

/** An archive in which no word is more frequent than another. */
const search = { frequency: () => 1, size: 1000 };

/** Messages are the titles that they show, in their groups. */
const render: SummaryRendering = {
  message: ({ localDate, total, late, groups }) => ({
    day: localDate,
    total,
    late,
    groups: groups.map(({ kind, name, papers }) => [kind, name, ...papers.map(({ paper }) => paper.title)]),
  }),
  name: ({ localDate }) => `Papers of ${localDate}`,
  words: (why) => why.kind,
  notice: (words) => ({ notice: words }),
};

/** A database with a planner, by default in memory. */
export async function summaryWorld(given: Db | null = null) {
  const db = given ?? (await memory());
  const time = { now: NOW };
  const world = { db, search, clock: () => time.now, log: silentLog, render, gistOf };
  return {
    db,
    world,
    time,
    at: (moment: string) => void (time.now = new Date(moment)),
    set: (settings: Partial<NewSummary> = {}) => createSummary(db, summary(settings), time.now),
    plan: () => planSummaries(world),
    planEdits: () => planSummaryEdits(world),
    postNow: (id: number) => postNow(world, id),
    messages: () => messages(db),
  };
}

export function summary(settings: Partial<NewSummary> = {}): NewSummary {
  return { guildId: '1', channelId: '2', readerId: '3', period: 'daily', schedule: NINE_IN_BERLIN, ...settings };
}

/** What was planned, in order. */
export async function messages(db: Db) {
  return (await deliveriesAfter(db, 0, 10_000)).map(({ subject, form, payloadJson }) => {
    return { subject, form, payload: JSON.parse(payloadJson) as Record<string, unknown> };
  });
}
