import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes, HTTPError } from 'discord.js';
import { errorText, UserError } from '../core/errors.ts';

const PORTAL = 'https://discord.com/developers/applications';

const WRONG_TOKEN = `Discord refuses the bot's token. Copy a fresh one from ${PORTAL} (your application, Bot, Reset Token) into DISCORD_TOKEN and start again.`;
const WRONG_INTENTS = `Discord refuses the Guilds intent to this bot; look at the Bot page of your application at ${PORTAL}.`;
const OUTDATED = 'Discord refuses the way this version of Paperboy logs in. Update Paperboy.';
const WRONG_SHARDS =
  'Discord refuses these shards: there are too few for the servers that the bot is in (2,500 to each at most), or one is not among them. Leave DISCORD_SHARDS empty, or raise its number in every process.';
const TOO_OFTEN =
  'This bot has logged in as often as Discord allows in a day. Stop other copies of it, and start again tomorrow.';

/** The errors discord.js throws for the gateway's fatal close codes. */
const THROWN: [RegExp, string][] = [
  [/^Authentication failed/, WRONG_TOKEN],
  [/^Used disallowed intents/, WRONG_INTENTS],
  [/^Not enough sessions remaining/, TOO_OFTEN],
  [/^(?:Sharding is required|Invalid shard)/, WRONG_SHARDS],
  [/^(?:Used an invalid API version|Used invalid intents)/, OUTDATED],
];

/** Why logging in failed, in words for whoever starts the bot. */
export function loginFault(error: unknown, apiUrl: string): UserError {
  if (error instanceof UserError) return error;
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return new UserError(WRONG_TOKEN);
  const text = errorText(error);
  const known = THROWN.find(([pattern]) => pattern.test(text));
  if (known) return new UserError(known[1]);
  // A TypeError is discord.js looking for fields in an answer that has none of them.
  if (error instanceof DiscordAPIError || error instanceof HTTPError || error instanceof TypeError) {
    return new UserError(
      `What answers at ${apiUrl} is not Discord, or Discord is down (${text}). Check DISCORD_API_URL and https://discordstatus.com.`,
    );
  }
  return new UserError(`Discord cannot be reached at ${apiUrl} (${text}). Check the network and DISCORD_API_URL.`);
}

/** Why the commands could not be registered where the configuration is to blame, else `null`: then it may pass. */
export function registrationFault(error: unknown, guildId: string | null, inviteUrl: string): UserError | null {
  if (!guildId || !(error instanceof DiscordAPIError) || ![403, 404].includes(error.status)) return null;
  return new UserError(
    `The bot cannot register commands in server ${guildId}, because it is not there. Add it with ${inviteUrl} and start again, or leave DISCORD_GUILD_ID empty.`,
  );
}

const CLOSED = new Map<number, string>([
  [GatewayCloseCodes.AuthenticationFailed, WRONG_TOKEN],
  [GatewayCloseCodes.DisallowedIntents, WRONG_INTENTS],
  [GatewayCloseCodes.InvalidShard, WRONG_SHARDS],
  [GatewayCloseCodes.ShardingRequired, WRONG_SHARDS],
]);

/** Why Discord ended a session for good, by its close code. */
export function endOf(code: number): UserError {
  return new UserError(CLOSED.get(code) ?? OUTDATED);
}
