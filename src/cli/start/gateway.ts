import { commands } from '../../../commands/index.ts';
import type { Clock } from '../../core/clock.ts';
import { type Discord, startDiscord } from '../../discord/client.ts';
import type { GuildListener } from '../../discord/guilds.ts';
import type { Outbox } from '../../outbox/worker.ts';
import type { Db } from '../../store/database.ts';
import { guildJoined, guildLeft, guildsPresent } from '../../store/departed-guilds.ts';
import type { Running } from './running.ts';
import { commandServices } from './services.ts';

/** Connects to Discord's gateway, answers what comes from there, and says where to go. */
export async function openGateway(running: Running, outbox: Outbox | null): Promise<Discord> {
  const { db, clock, terminal, monitor, closers } = running;
  const { token, apiUrl, guildId, page } = running.place;
  const { shards } = running.config;
  const services = await commandServices(running, outbox);
  const discord = await startDiscord({
    token,
    apiUrl,
    guildId,
    shards,
    commands,
    services,
    onGuilds: guildListener(db, clock),
    onFirstAnswer: monitor?.metrics.onFirstAnswer,
  });
  monitor?.checks.push(() =>
    discord.isConnected() ? null : 'The connection to Discord is broken; it is being made anew.',
  );
  closers.push(() => discord.close());
  terminal.out(
    page
      ? `The preview is ready: ${page} (no DISCORD_TOKEN is set; Ctrl+C ends it)`
      : `${discord.name} is in. Add it to a server: ${discord.inviteUrl}`,
  );
  return discord;
}

function guildListener(db: Db, clock: Clock): GuildListener {
  return {
    present: (ids, shard) => guildsPresent(db, ids, clock(), shard),
    joined: (id) => guildJoined(db, id),
    left: (id) => guildLeft(db, id, clock()),
  };
}
