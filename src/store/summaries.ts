import type { Selectable, Transaction, Updateable } from 'kysely';
import { addDays } from '../core/dates.ts';
import { type LocalSchedule, nextRun, type Run } from '../core/local-schedule.ts';
import { localTime } from '../core/zones.ts';
import type { Db } from './database.ts';
import { newestDay } from './digests.ts';
import type { Schema, SummariesTable } from './schema.ts';
import { newestPostedDate } from './summary-posts.ts';
import { write } from './write.ts';

/** A daily or weekly post of a channel, as it was set up. */
export interface Summary {
  id: number;
  guildId: string;
  channelId: string;
  form: SummariesTable['destination_form'];
  /** Who set it up; empty when that reader was forgotten. */
  readerId: string;
  period: SummariesTable['period'];
  schedule: LocalSchedule;
  /** When it is due next, unless it is paused. */
  nextRun: Run;
  /** Papers of list days before this one are not its business, `YYYY-MM-DD`. */
  startsOn: string;
  /** The topics whose papers come first; of none, those of the channel's topics do. */
  topicIds: readonly number[];
  size: SummariesTable['size'];
  mentionRoleId: string | null;
  /** Fewest papers that make a post. */
  minimum: number;
  whenEmpty: SummariesTable['when_empty'];
  /** Ids of the tags of a forum post. */
  tagIds: readonly string[];
  pausedAt: Date | null;
  createdAt: Date;
}

/** What a summary is made of. What is left out is as in a plain message of normal size that says why when there is nothing. */
export interface NewSummary {
  guildId: string;
  channelId: string;
  readerId: string;
  period: Summary['period'];
  schedule: LocalSchedule;
  form?: Summary['form'];
  topicIds?: readonly number[];
  size?: Summary['size'];
  mentionRoleId?: string | null;
  minimum?: number;
  whenEmpty?: Summary['whenEmpty'];
  tagIds?: readonly string[];
}

/** What may be changed of a summary; what is not named stays. */
export type SummaryChange = Partial<
  Omit<NewSummary, 'guildId' | 'period'> & {
    /** `null` takes it up again, from the papers of now. */
    pausedAt: Date | null;
  }
>;

/** Stores a summary, which is due from now on. Its first post has the papers of the day before, or of the newest list. */
export function createSummary(db: Db, summary: NewSummary, now: Date): Promise<Summary> {
  return write(db, async (trx) => {
    const { period, schedule, topicIds = [], tagIds = [] } = summary;
    const row = await trx
      .insertInto('summaries')
      .values({
        guild_id: summary.guildId,
        channel_id: summary.channelId,
        reader_id: summary.readerId,
        period,
        schedule_json: JSON.stringify(schedule),
        ...runColumns(nextRun(schedule, now)),
        destination_form: summary.form ?? 'message',
        topics_json: JSON.stringify(topicIds),
        size: summary.size ?? 'normal',
        mention_role_id: summary.mentionRoleId ?? null,
        minimum: summary.minimum ?? 1,
        when_empty: summary.whenEmpty ?? 'say why',
        tags_json: JSON.stringify(tagIds),
        starts_on: await startingDay(trx, period, schedule, now),
        created_at: now.toISOString(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return summaryOf(row);
  });
}

/** The summary with this id, or `null`. */
export async function findSummary(db: Db, id: number): Promise<Summary | null> {
  const row = await db.selectFrom('summaries').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? summaryOf(row) : null;
}

/** The summaries of a server, the oldest first. */
export async function summariesOfGuild(db: Db, guildId: string): Promise<Summary[]> {
  const rows = await db.selectFrom('summaries').selectAll().where('guild_id', '=', guildId).orderBy('id').execute();
  return rows.map(summaryOf);
}

/** Daily summaries, the oldest first; `limit` at most. */
export async function dailySummaries(db: Db, limit: number): Promise<Summary[]> {
  const daily = db.selectFrom('summaries').selectAll().where('period', '=', 'daily');
  return (await daily.orderBy('id').limit(limit).execute()).map(summaryOf);
}

/** The ids of the summaries that are due at `now`, not paused, and in a server that the bot has not left; the longest overdue first. */
export async function dueSummaries(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('summaries')
    .select('id')
    .where('next_run_at', '<=', now.toISOString())
    .where('paused_at', 'is', null)
    .where('guild_id', 'not in', (eb) => eb.selectFrom('departed_guilds').select('guild_id'))
    .orderBy('next_run_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Changes what `change` names of a summary, and nothing else. A day that has its post gets no other one. Returns the summary
 * as it is now; `null` when there is none.
 */
export function changeSummary(db: Db, id: number, change: SummaryChange, now: Date): Promise<Summary | null> {
  return write(db, async (trx) => {
    // A write first, so that of two processes one waits.
    const columns = { ...columnsOf(change), id };
    const row = await trx.updateTable('summaries').set(columns).where('id', '=', id).returningAll().executeTakeFirst();
    if (!row) return null;
    const changed = summaryOf(row);
    const isTakenUp = change.pausedAt === null;
    if (!isTakenUp && !change.schedule) return changed;
    const run = await runAfter(trx, changed, now);
    const start = isTakenUp ? { starts_on: await startingDay(trx, changed.period, changed.schedule, now) } : {};
    const updated = { ...runColumns(run), ...start };
    const newest = trx.updateTable('summaries').set(updated).where('id', '=', id).returningAll();
    return summaryOf(await newest.executeTakeFirstOrThrow());
  });
}

/** Removes a summary and what it showed. Returns whether there was one. */
export function removeSummary(db: Db, id: number): Promise<boolean> {
  return write(db, async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('summaries').where('id', '=', id).executeTakeFirstOrThrow();
    await trx.deleteFrom('summary_posts').where('summary_id', '=', id).execute();
    await trx.deleteFrom('summary_papers').where('summary_id', '=', id).execute();
    return numDeletedRows > 0n;
  });
}

/**
 * Moves a summary on from the run that it had when it was read. Returns false when it has another one by now, or is paused or
 * gone: then somebody else has seen to that run.
 */
export async function moveToRun(trx: Transaction<Schema>, { id, nextRun: had }: Summary, run: Run): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('summaries')
    .set(runColumns(run))
    .where('id', '=', id)
    .where('next_run_at', '=', had.at.toISOString())
    .where('next_local_date', '=', had.localDate)
    .where('paused_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** The next run whose day has no post yet. */
async function runAfter(trx: Transaction<Schema>, { id, schedule }: Summary, now: Date): Promise<Run> {
  const posted = (await newestPostedDate(trx, id)) ?? '';
  let run = nextRun(schedule, now);
  while (run.localDate <= posted) run = nextRun(schedule, run.at);
  return run;
}

/** Over a weekend the newest list is older than a day. */
async function startingDay(
  trx: Transaction<Schema>,
  period: Summary['period'],
  { timezone }: LocalSchedule,
  now: Date,
): Promise<string> {
  const today = localTime(now, timezone).date;
  const newest = (await newestDay(trx)) ?? today;
  const earliest = addDays(today, -7);
  if (period === 'weekly') return earliest;
  const start = newest < addDays(today, -1) ? newest : addDays(today, -1);
  return start > earliest ? start : earliest;
}

function runColumns({ at, localDate }: Run) {
  return { next_run_at: at.toISOString(), next_local_date: localDate };
}

/** The columns of what is named. */
function columnsOf(change: SummaryChange): Updateable<SummariesTable> {
  const { channelId, readerId, schedule, form, topicIds, size, mentionRoleId, minimum, whenEmpty } = change;
  const columns = {
    channel_id: channelId,
    reader_id: readerId,
    schedule_json: schedule && JSON.stringify(schedule),
    destination_form: form,
    topics_json: topicIds && JSON.stringify(topicIds),
    size,
    mention_role_id: mentionRoleId,
    minimum,
    when_empty: whenEmpty,
    tags_json: change.tagIds && JSON.stringify(change.tagIds),
    paused_at: change.pausedAt === undefined ? undefined : (change.pausedAt?.toISOString() ?? null),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

function summaryOf(row: Selectable<SummariesTable>): Summary {
  return {
    id: row.id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    form: row.destination_form,
    readerId: row.reader_id,
    period: row.period,
    schedule: JSON.parse(row.schedule_json) as LocalSchedule,
    nextRun: { at: new Date(row.next_run_at), localDate: row.next_local_date },
    startsOn: row.starts_on,
    topicIds: JSON.parse(row.topics_json) as number[],
    size: row.size,
    mentionRoleId: row.mention_role_id,
    minimum: row.minimum,
    whenEmpty: row.when_empty,
    tagIds: row.tags_json === null ? [] : (JSON.parse(row.tags_json) as string[]),
    pausedAt: row.paused_at === null ? null : new Date(row.paused_at),
    createdAt: new Date(row.created_at),
  };
}
