import { existsSync } from 'node:fs';
import { formFor, storeSummary } from '../../../commands/summaries/set.ts';
import type { Clock } from '../../core/clock.ts';
import { errorText, UserError } from '../../core/errors.ts';
import { momentInZone } from '../../core/zone-words.ts';
import { openDatabase, openUnchanged } from '../../store/database.ts';
import { databaseFile } from '../../store/health.ts';
import { schemaVersion } from '../../store/migrations.ts';
import { dailySummaries, type Summary, summariesOfGuild } from '../../store/summaries.ts';
import type { Bot } from './bot.ts';
import type { Place } from './place.ts';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** The daily summary that was set up first; `null` where there is none, or it cannot be told yet. */
export async function presentSummary(databaseUrl: string): Promise<Summary | null> {
  const file = databaseFile(databaseUrl);
  if (file !== null && !existsSync(file)) return null;
  const db = await openUnchanged(databaseUrl).catch(() => null);
  try {
    if (!db) return null;
    const { found, known } = await schemaVersion(db);
    return found === known ? ((await dailySummaries(db, 1))[0] ?? null) : null;
  } catch {
    // What is wrong with the database is told where it is asked for.
    return null;
  } finally {
    await db?.destroy();
  }
}

/** When and where the summary comes. */
export interface Planned extends Place {
  /** Minutes since midnight. */
  minute: number;
  timezone: string;
}

/**
 * Sets the daily summary of a channel up as /daily set does, or changes its time. Returns when the next one comes, in words.
 * @throws UserError when the database cannot be used.
 */
export async function setUpSummary(databaseUrl: string, planned: Planned, bot: Bot, clock: Clock): Promise<string> {
  const { guild, channel, minute, timezone } = planned;
  const db = await openDatabase(databaseUrl);
  try {
    const all = await summariesOfGuild(db, guild.id);
    const before = all.find(({ period, channelId }) => period === 'daily' && channelId === channel.id) ?? null;
    const schedule = { minute, timezone, days: before?.schedule.days ?? EVERY_DAY };
    const { team, owner } = bot.application;
    // Who is told when nothing can be posted there any more.
    const readerId = before?.readerId || (team?.owner_user_id ?? owner?.id ?? '');
    const base = { guildId: guild.id, channelId: channel.id, readerId, period: 'daily', schedule } as const;
    const { nextRun } = await storeSummary(db, before, base, { form: formFor(channel) }, clock());
    return momentInZone(nextRun.at, timezone);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The daily summary was not set up: ${errorText(error)}. Use /daily set in Discord.`);
  } finally {
    await db.destroy();
  }
}
