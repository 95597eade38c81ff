import type { Db } from './database.ts';
import type { Destination } from './deliveries.ts';
import { type DisabledDestination, disabledDestinations } from './disabled-destinations.ts';
import { summariesOfGuild } from './summaries.ts';
import { topicsOfGuild } from './topics.ts';

/** A channel of a server that something was set up for. */
export interface GuildDestination {
  destination: Destination;
  topics: number;
  summaries: number;
  /** Why nothing goes there; `null` when it does. */
  disabled: DisabledDestination | null;
}

/** A channel that something was set up for. */
export interface ChannelDestination {
  id: string;
  /** `null` in an archive of an early version. */
  guildId: string | null;
}

/** Channels that topics and summaries of servers are told in, `limit` at most, and how many there are. */
export async function channelDestinations(
  db: Db,
  limit: number,
): Promise<{ channels: ChannelDestination[]; total: number }> {
  const topics = db
    .selectFrom('topics')
    .select(['destination_id as id', 'guild_id as guildId'])
    .where('destination_kind', '=', 'channel');
  const all = topics.union(db.selectFrom('summaries').select(['channel_id as id', 'guild_id as guildId']));
  const { total } = await db
    .selectFrom(all.as('channels'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const channels = await db.selectFrom(all.as('channels')).selectAll().orderBy('id').limit(limit).execute();
  return { channels, total };
}

/** Every channel of the server that something was set up for, those where nothing arrives first. */
export async function guildDestinations(db: Db, guildId: string): Promise<GuildDestination[]> {
  const found = new Map<string, GuildDestination>();
  const at = (id: string) => {
    const known = found.get(id) ?? { destination: { kind: 'channel', id }, topics: 0, summaries: 0, disabled: null };
    found.set(id, known);
    return known;
  };
  for (const { destination } of await topicsOfGuild(db, guildId)) at(destination.id).topics += 1;
  for (const { channelId } of await summariesOfGuild(db, guildId)) at(channelId).summaries += 1;
  for (const disabled of await disabledDestinations(db)) {
    const known = disabled.destination.kind === 'channel' && found.get(disabled.destination.id);
    if (known) known.disabled = disabled;
  }
  return [...found.values()].toSorted((a, b) => Number(b.disabled !== null) - Number(a.disabled !== null));
}
