import { DiscordAPIError, GatewayCloseCodes, REST, Routes } from 'discord.js';
import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { apiBase } from './api-base.ts';
import { type DiscordOptions, inviteUrlOf } from './client.ts';
import type { DispatchContext } from './dispatch.ts';
import { endOf, loginFault } from './login-faults.ts';
import { mentionIn, registerCommands } from './register.ts';
import { createRestPlaces } from './rest-places.ts';

/** A bot that is known to Discord and is not connected to it. */
export interface RestBot {
  applicationId: string;
  /** The bot's user name. */
  name: string;
  /** With which Discord's requests are verified, 64 hexadecimal digits. */
  publicKey: string;
  /** Opens Discord's dialogue for adding the bot to a server. */
  inviteUrl: string;
  /** What its commands are answered with. */
  context: DispatchContext;
}

const application = z.object({
  id: z.string(),
  name: z.string(),
  verify_key: z.string(),
  bot: z.object({ id: z.string(), username: z.string() }).optional(),
});

/**
 * Learns who the bot is and registers the commands where they changed, without the gateway.
 * @throws UserError saying what to do when the token is wrong, Discord cannot be reached, or it refuses the bot.
 */
export async function openRestBot(
  options: Pick<DiscordOptions, 'token' | 'apiUrl' | 'guildId' | 'commands' | 'services'>,
): Promise<RestBot> {
  const { token, commands, services, guildId = null } = options;
  const { db, log, clock } = services;
  const apiUrl = apiBase(options.apiUrl);
  const rest = new REST({ api: apiUrl, version: '10' }).setToken(token);
  const { id, name, verify_key: publicKey, bot } = await whoAmI(rest, apiUrl);
  const inviteUrl = inviteUrlOf(id);
  const ids = await registerCommands(commands, { rest, db, log, applicationId: id, guildId }, inviteUrl);
  const places = createRestPlaces({ rest, botId: bot?.id ?? id, clock });
  const mention = (command: string) => mentionIn(ids, command);
  const context = { commands, services: { ...services, ...places, mention } };
  return { applicationId: id, name: bot?.username ?? name, publicKey, inviteUrl, context };
}

/** @throws UserError */
async function whoAmI(rest: REST, apiUrl: string): Promise<z.infer<typeof application>> {
  let answer: unknown;
  try {
    answer = await rest.get(Routes.currentApplication());
  } catch (error) {
    const isWrongToken = error instanceof DiscordAPIError && error.status === 401;
    throw isWrongToken ? endOf(GatewayCloseCodes.AuthenticationFailed) : loginFault(error, apiUrl);
  }
  const found = application.safeParse(answer);
  if (found.success) return found.data;
  throw new UserError(`What answers at ${apiUrl} is not Discord. Check DISCORD_API_URL.`);
}
