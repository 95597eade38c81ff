import { type Client, GatewayDispatchEvents } from 'discord.js';
import type { Log } from '../core/log.ts';

/** Told of the servers that the bot is in. What fails here is logged. */
export interface GuildListener {
  /** All of them: after the start, and whenever Discord began a session anew and events may have been missed. */
  present(ids: string[]): Promise<unknown>;
  /** The bot is in this server; said again at each start. */
  joined(id: string): Promise<unknown>;
  /** The bot was removed, or the server is gone. A server that is only out of order is not left. */
  left(id: string): Promise<unknown>;
}

interface Ready {
  guilds: { id: string }[];
  shard?: [id: number, count: number];
}

/** Listens from now on; to be called before the client logs in, and only then told of what is there at the start. */
export function watchGuilds(client: Client, listener: GuildListener, log: Log): void {
  const byShard = new Map<number, Set<string>>();
  const tell = (work: Promise<unknown>) => {
    void work.catch((error: unknown) => log.error({ err: error }, 'servers joined or left could not be remembered'));
  };
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds, shard: [id, count] = [0, 1] }: Ready) => {
    byShard.set(id, new Set(guilds.map((guild) => guild.id)));
    if (byShard.size === count) tell(listener.present([...byShard.values()].flatMap((ids) => [...ids])));
  });
  client.ws.on(GatewayDispatchEvents.GuildCreate, ({ id }: { id: string }, shard: number) => {
    byShard.get(shard)?.add(id);
    tell(listener.joined(id));
  });
  client.ws.on(GatewayDispatchEvents.GuildDelete, (guild: { id: string; unavailable?: boolean }, shard: number) => {
    if (guild.unavailable) return;
    byShard.get(shard)?.delete(guild.id);
    tell(listener.left(guild.id));
  });
}
