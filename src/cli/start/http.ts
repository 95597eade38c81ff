import { commands } from '../../../commands/index.ts';
import type { Config } from '../../config.ts';
import { UserError } from '../../core/errors.ts';
import { openRestBot } from '../../discord/rest-bot.ts';
import { createEndpoint } from '../../http/interactions.ts';
import type { Outbox } from '../../outbox/worker.ts';
import { departedGuilds, guildJoined } from '../../store/departed-guilds.ts';
import { PARTS_END_WITHIN } from './ending.ts';
import type { Role } from './roles.ts';
import type { Running } from './running.ts';
import { commandServices } from './services.ts';

/**
 * The roles that a process can have as it is configured: `http` only where its port and the public key are set.
 * @throws UserError where `--only` asks for it by name and they are not.
 */
export function servedRoles(roles: ReadonlySet<Role>, config: Config, isAsked: boolean): ReadonlySet<Role> {
  const needed = { DISCORD_PUBLIC_KEY: config.publicKey, PAPERBOY_HTTP_PORT: config.httpPort };
  const absent = Object.entries(needed).flatMap(([name, value]) => (value === null ? [name] : []));
  if (!roles.has('http') || (absent.length === 0 && config.token !== null)) return roles;
  if (isAsked) {
    throw new UserError(
      `--only http needs ${absent.join(' and ')} in .env: the "Public Key" on the page General Information of your application at https://discord.com/developers/applications, and the port that Discord's requests are to come to.`,
    );
  }
  return new Set([...roles].filter((role) => role !== 'http'));
}

/**
 * Answers interactions that Discord sends over HTTP. It needs the index and no gateway.
 * @throws UserError when Discord refuses the bot, or the public key is of another application.
 */
export async function openInteractions(running: Running, outbox: Outbox | null): Promise<void> {
  const { config, place, db, clock, monitor, closers, terminal } = running;
  const { publicKey } = config;
  if (!monitor || publicKey === null) return;
  const { token, apiUrl, guildId } = place;
  const services = await commandServices(running, outbox);
  const bot = await openRestBot({ token, apiUrl, guildId, commands, services });
  if (bot.publicKey.toLowerCase() !== publicKey.toLowerCase()) {
    throw new UserError(
      `DISCORD_PUBLIC_KEY is not the public key of ${bot.name}. Copy "Public Key" from the page General Information of the application whose token DISCORD_TOKEN is, at https://discord.com/developers/applications.`,
    );
  }
  // One that the bot left while it was connected may have invited it again.
  const onGuild = async (id: string) => (await departedGuilds(db)).has(id) && guildJoined(db, id);
  const context = { ...bot.context, onFirstAnswer: monitor.metrics.onFirstAnswer };
  const endpoint = createEndpoint({ publicKey, apiUrl, context, clock, onGuild });
  const address = monitor.serve(endpoint.handle);
  closers.push(() => endpoint.settle(PARTS_END_WITHIN));
  terminal.out(`${bot.name} answers at ${address}. Add it to a server: ${bot.inviteUrl}`);
}
