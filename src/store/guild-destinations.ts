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
