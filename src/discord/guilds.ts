import { type Client, GatewayDispatchEvents } from 'discord.js';
import type { Log } from '../core/log.ts';

/** Told of the servers that the bot is in. What fails here is logged. */
export interface GuildListener {
  /**
   * All servers of a shard: after the start, and whenever Discord began a session anew and events may have been missed.
   * `shard`: its number, and how many there are.
   */
  present(ids: string[], shard: [id: number, count: number]): Promise<unknown>;
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
  const tell = (work: Promise<unknown>) => {
    void work.catch((error: unknown) => log.error({ err: error }, 'servers joined or left could not be remembered'));
  };
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds, shard = [0, 1] }: Ready) => {
    tell(
      listener.present(
        guilds.map(({ id }) => id),
        shard,
      ),
    );
  });
  client.ws.on(GatewayDispatchEvents.GuildCreate, ({ id }: { id: string }) => tell(listener.joined(id)));
  client.ws.on(GatewayDispatchEvents.GuildDelete, ({ id, unavailable }: { id: string; unavailable?: boolean }) => {
    if (!unavailable) tell(listener.left(id));
  });
}
