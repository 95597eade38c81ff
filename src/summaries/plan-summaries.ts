import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { nextRun } from '../core/local-schedule.ts';
import type { Log } from '../core/log.ts';
import type { Paper } from '../core/paper.ts';
import { localTime } from '../core/zones.ts';
import { momentInZone } from '../core/zone-words.ts';
import { planDelivery, type PlannedDelivery, type StoredFile } from '../store/deliveries.ts';
import type { Db } from '../store/database.ts';
import { findDisabled } from '../store/disabled-destinations.ts';
import { dueSummaries, findSummary, moveToRun, type Summary } from '../store/summaries.ts';
import { findPost, type NewSummaryPost, recordPost, setDelivery } from '../store/summary-posts.ts';
import { recordShown } from '../store/summary-papers.ts';
import { write } from '../store/write.ts';
import { buildEdition, type EditionWorld } from './build-edition.ts';
import { dayAnalyser } from './day-analysis.ts';
import { paperReader } from './paper-reader.ts';
import { editionOf, type GistOf, type Nothing, type SummaryRendering } from './edition.ts';

/** A bot that was down posts when it is back within so long, in milliseconds; later the day is skipped. */
const WINDOWS: Record<Summary['period'], number> = { daily: 6 * 3_600_000, weekly: 24 * 3_600_000 };
/** So many summaries are made of papers as they were read for the first of them. */
const TOGETHER = 500;

export interface SummaryWorld extends EditionWorld {
  clock: Clock;
  log: Log;
  render: SummaryRendering;
  gistOf: GistOf;
  /** Draws what goes with a weekly post; `null` when there is nothing to see. Never rejects. */
  picture?: () => Promise<StoredFile | null>;
  /** Ends a call early, between two summaries; the next call goes on from there. */
  signal?: AbortSignal;
}

/** What becomes of a local day, before it is kept. */
interface Plan {
  post: NewSummaryPost;
  paperIds: number[];
  delivery: PlannedDelivery | null;
  /** Set when there is nothing to post. */
  why?: Nothing;
}

/**
 * Plans a post for each summary that is due. Call it each minute; several processes may do so on one database, and each local
 * day gets one post all the same. Returns how many posts were planned.
 */
export async function planSummaries(world: SummaryWorld): Promise<number> {
  const { db, clock, log } = world;
  let together = world;
  let planned = 0;
  for (const [index, id] of (await dueSummaries(db, clock())).entries()) {
    if (world.signal?.aborted) break;
    if (index % TOGETHER === 0) together = sharing(world);
    try {
      planned += await planDue(together, id);
    } catch (error) {
      log.error({ err: error, summary: id }, 'a summary could not be planned; it will be tried again in a minute');
    }
    await breathe();
  }
  return planned;
}

/** At nine in the morning many summaries are due, and most show the same papers: what is made of these is made once. */
function sharing(world: SummaryWorld): SummaryWorld {
  const gists = new WeakMap<Paper, ReturnType<GistOf>>();
  const gistOf: GistOf = (paper) => {
    const gist = gists.has(paper) ? (gists.get(paper) ?? null) : world.gistOf(paper);
    gists.set(paper, gist);
    return gist;
  };
  return { ...world, gistOf, analyse: dayAnalyser(world.search), readPapers: paperReader(world.db) };
}

/** Sees to every run of a summary that is due: after a long rest of the bot there are several. Returns the number of posts. */
async function planDue(world: SummaryWorld, id: number): Promise<number> {
  const now = world.clock();
  let posts = 0;
  for (;;) {
    const summary = await findSummary(world.db, id);
    if (!summary || summary.pausedAt || summary.nextRun.at > now) return posts;
    if (await planRun(world, summary, now)) posts += 1;
  }
}

/** Plans the run that is due, and passes to the next one. Returns whether there is a post. */
async function planRun(world: SummaryWorld, summary: Summary, now: Date): Promise<boolean> {
  const { at, localDate } = summary.nextRun;
  const missed = await whyMissed(world.db, summary, now);
  const plan = missed === null ? await planDay(world, summary, localDate, now) : skipped(summary, missed, now);
  const kept = await write(world.db, async (trx) => {
    return (await moveToRun(trx, summary, nextRun(summary.schedule, at))) && (await keep(trx, plan, now));
  });
  const { outcome, reason } = plan.post;
  if (kept) world.log.info({ summary: summary.id, localDate, outcome, reason }, 'summary planned');
  return kept && outcome === 'planned';
}

/** What came of a post that somebody asked for. `posted before`: the day has one already. */
export type PostedNow =
  | { kind: 'posted'; localDate: string }
  | { kind: 'posted before'; localDate: string }
  | { kind: 'nothing'; why: Nothing }
  | { kind: 'gone' };

/** Plans the post of today at once, whatever the schedule says. Where there is nothing to post, nothing is kept. */
export async function postNow(world: SummaryWorld, summaryId: number): Promise<PostedNow> {
  const summary = await findSummary(world.db, summaryId);
  if (!summary) return { kind: 'gone' };
  const now = world.clock();
  const localDate = localTime(now, summary.schedule.timezone).date;
  const before = await findPost(world.db, summaryId, localDate);
  if (before?.outcome === 'planned') return { kind: 'posted before', localDate };
  const plan = await planDay(world, summary, localDate, now);
  if (plan.why) return { kind: 'nothing', why: plan.why };
  const kept = await keep(world.db, plan, now);
  return { kind: kept ? 'posted' : 'posted before', localDate };
}

async function planDay(world: SummaryWorld, summary: Summary, localDate: string, now: Date): Promise<Plan> {
  const { render, gistOf } = world;
  const post = { summaryId: summary.id, localDate, reason: null, plannedAt: now, editionJson: null };
  const destination = { kind: 'channel', id: summary.channelId } as const;
  const built = await buildEdition(world, summary, localDate, now);
  if ('kind' in built) {
    const reason = render.words(built, summary.period);
    const subject = `${subjectOf(summary.id, localDate)}:empty`;
    const isTold = summary.whenEmpty === 'say why';
    const notice = { destination, subject, ...inForm(summary, localDate, render, render.notice(reason)) };
    return { post: { ...post, outcome: 'empty', reason }, paperIds: [], delivery: isTold ? notice : null, why: built };
  }
  const day = { summaryId: summary.id, localDate, period: summary.period };
  const gists = await gistsOf(built.papers, gistOf);
  const message = render.message(
    editionOf(built.kept, day, built.papers, ({ id }) => gists.get(id) ?? null),
    summary,
  );
  const picture = summary.period === 'weekly' ? await world.picture?.() : null;
  return {
    post: { ...post, outcome: 'planned', editionJson: JSON.stringify(built.kept) },
    paperIds: built.paperIds,
    delivery: {
      destination,
      subject: subjectOf(summary.id, localDate),
      ...inForm(summary, localDate, render, message),
      ...(picture && { files: [picture] }),
    },
  };
}

/** By paper. Each takes some milliseconds while the code is cold, so others have a turn between them. */
async function gistsOf(papers: readonly Paper[], gistOf: GistOf): Promise<Map<number, ReturnType<GistOf>>> {
  const gists = new Map<number, ReturnType<GistOf>>();
  for (const paper of papers) {
    gists.set(paper.id, gistOf(paper));
    await breathe();
  }
  return gists;
}

/** What a summary's post of a day is called in the outbox. */
export function subjectOf(summaryId: number, localDate: string): string {
  return `summary:${summaryId}:${localDate}`;
}

function inForm(
  { form, period, tagIds }: Summary,
  localDate: string,
  render: SummaryRendering,
  message: object,
): Pick<PlannedDelivery, 'form' | 'payload'> {
  if (form !== 'forum post') return { form, payload: message };
  const tags = tagIds.length > 0 ? { applied_tags: tagIds } : {};
  return { form, payload: { name: render.name({ localDate, period }), ...tags, message } };
}

/** Why there can be no post now, in words for people; `null` when there can. What it would show comes with the next one. */
async function whyMissed(db: Db, { channelId, nextRun, period, schedule }: Summary, now: Date): Promise<string | null> {
  if (now.getTime() - nextRun.at.getTime() > WINDOWS[period]) {
    return `Paperboy was away when it was due, ${momentInZone(nextRun.at, schedule.timezone)}.`;
  }
  const closed = await findDisabled(db, { kind: 'channel', id: channelId });
  return closed && `Paperboy could not post: ${closed.failure.words}`;
}

function skipped({ id, nextRun: { localDate } }: Summary, reason: string, now: Date): Plan {
  const post = { summaryId: id, localDate, reason, plannedAt: now, editionJson: null };
  return { post: { ...post, outcome: 'skipped' }, paperIds: [], delivery: null };
}

/** Stores a plan, whole or not at all. Returns false when the day has its post already. */
async function keep(db: Db, { post, paperIds, delivery }: Plan, now: Date): Promise<boolean> {
  return write(db, async (trx) => {
    if (!(await recordPost(trx, post))) return false;
    await recordShown(trx, post.summaryId, paperIds, post.localDate);
    const deliveryId = delivery && (await planDelivery(trx, delivery, now));
    if (deliveryId !== null) await setDelivery(trx, post, deliveryId);
    return true;
  });
}
