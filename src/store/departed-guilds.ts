import { shardOf } from '../core/shards.ts';
import type { Db } from './database.ts';
import { forgetGuild } from './forget.ts';
import { write } from './write.ts';

/** How long a server's settings are kept after the bot left it, in days. */
export const DAYS_KEPT = 30;

/** The bot left a server: its topics are silent from now on, and its settings go after `DAYS_KEPT` days. */
export async function guildLeft(db: Db, guildId: string, now: Date): Promise<void> {
  await write(db, (trx) =>
    trx
      .insertInto('departed_guilds')
      .values({ guild_id: guildId, departed_at: now.toISOString() })
      .onConflict((oc) => oc.doNothing())
      .execute(),
  );
}

/** The bot is (still, or again) in a server: everything is as it was. Returns whether it had left. */
export async function guildJoined(db: Db, guildId: string): Promise<boolean> {
  const row = await write(db, (trx) =>
    trx.deleteFrom('departed_guilds').where('guild_id', '=', guildId).returning('guild_id').executeTakeFirst(),
  );
  return row !== undefined;
}

/**
 * Of the servers of a shard the bot is in these and in no others: joining and leaving may have been missed. Nothing is said of
 * servers of other shards.
 */
export async function guildsPresent(
  db: Db,
  guildIds: readonly string[],
  now: Date,
  [shard, count]: readonly [id: number, count: number] = [0, 1],
): Promise<void> {
  const present = new Set(guildIds);
  await write(db, async (trx) => {
    for (const id of await departedGuilds(trx)) if (present.has(id)) await guildJoined(trx, id);
    const topics = await trx
      .selectFrom('topics')
      .select('guild_id')
      .distinct()
      .where('guild_id', 'is not', null)
      .execute();
    const summaries = await trx.selectFrom('summaries').select('guild_id').distinct().execute();
    const known = new Set([...topics, ...summaries].flatMap(({ guild_id }) => guild_id ?? []));
    const absent = [...known].filter((id) => !present.has(id) && shardOf(id, count) === shard);
    for (const id of absent) await guildLeft(trx, id, now);
  });
}

/** The servers that the bot left and that are not forgotten yet. */
export async function departedGuilds(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('departed_guilds').select('guild_id').execute();
  return new Set(rows.map(({ guild_id }) => guild_id));
}

/** Forgets the servers that the bot left more than `DAYS_KEPT` days ago. Returns their ids. */
export async function forgetDepartedGuilds(db: Db, now: Date): Promise<string[]> {
  const limit = new Date(now.getTime() - DAYS_KEPT * 86_400_000).toISOString();
  const rows = await db.selectFrom('departed_guilds').select('guild_id').where('departed_at', '<', limit).execute();
  for (const { guild_id } of rows) await forgetGuild(db, guild_id);
  return rows.map(({ guild_id }) => guild_id);
}
