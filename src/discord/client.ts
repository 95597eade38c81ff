import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  OAuth2Scopes,
  Options,
  PermissionFlagsBits,
  Status,
} from 'discord.js';
import { UserError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Shards } from '../core/shards.ts';
import { within } from '../core/within.ts';
import { apiBase } from './api-base.ts';
import { createPlaces, type Places } from './channels.ts';
import type { Command, Services } from './command.ts';
import { dispatch, type DispatchContext } from './dispatch.ts';
import { type GuildListener, watchGuilds } from './guilds.ts';
import { endOf, loginFault } from './login-faults.ts';
import { type CommandIds, mentionIn, registerCommands } from './register.ts';
import { createRestPlaces } from './rest-places.ts';
import { restResponder } from './responder.ts';

export interface DiscordOptions {
  token: string;
  /** The REST base without version, for example `https://discord.com/api`. The gateway's address comes from it. */
  apiUrl: string;
  /** Register commands in this server alone, for development. */
  guildId?: string | null;
  /** Those to connect for. Default: all, as many as Discord says. */
  shards?: Shards | null;
  commands: readonly Command[];
  services: Omit<Services, 'mention' | keyof Places>;
  /** Told which servers the bot is in, joins and leaves. */
  onGuilds?: GuildListener;
  onFirstAnswer?: DispatchContext['onFirstAnswer'];
  /** How long to try to log in, in milliseconds. Default 30,000. */
  loginWithin?: number;
}

interface Identity {
  applicationId: string;
  /** The bot's user name. */
  name: string;
}

/** A bot that is logged in. */
export interface Discord extends Identity {
  /** Opens Discord's dialogue for adding the bot to a server. */
  inviteUrl: string;
  /** Resolves when Discord has ended the session for good, with what to do about it. Never rejects. */
  ended: Promise<UserError>;
  /** Whether all of its shards are connected now. */
  isConnected(): boolean;
  /** Takes nothing more, and logs out when the answers under way are given, or after five seconds. */
  close(): Promise<void>;
}

/** How long answers under way may take when the bot stops, in milliseconds. */
const LAST_ANSWERS = 5000;

/** What posting to channels takes, and looking there for what may have been posted already; answering commands takes no permission. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

/**
 * Logs in, registers the commands where they changed, and answers every interaction from then on.
 * @throws UserError saying what to do when the token is wrong, Discord cannot be reached, or it refuses the bot.
 */
export async function startDiscord(options: DiscordOptions): Promise<Discord> {
  const { token, commands, guildId = null, shards = null, loginWithin = 30_000 } = options;
  const { db, log } = options.services;
  const apiUrl = apiBase(options.apiUrl);
  const client = createClient(apiUrl, shards);
  let ids: CommandIds = {};
  const mention = (command: string) => mentionIn(ids, command);
  const places = createPlaces(client, placesElsewhere(client));
  const services = { ...options.services, ...places, mention };
  const underWay = serve(client, { commands, services, onFirstAnswer: options.onFirstAnswer });
  if (options.onGuilds) watchGuilds(client, options.onGuilds, log);
  const ended = watch(client, log);
  const { applicationId, name } = await login(client, token, apiUrl, loginWithin);
  const inviteUrl = inviteUrlOf(applicationId);
  try {
    ids = await registerCommands(commands, { rest: client.rest, db, log, applicationId, guildId }, inviteUrl);
  } catch (error) {
    await client.destroy();
    throw error;
  }
  const close = async () => {
    client.ws.removeAllListeners(GatewayDispatchEvents.InteractionCreate);
    await within(Promise.allSettled(underWay), LAST_ANSWERS);
    client.removeAllListeners();
    await client.destroy();
  };
  const isConnected = () => client.ws.shards.every(({ status }) => status === Status.Ready);
  return { applicationId, name, inviteUrl, ended, isConnected, close };
}

/** The bot's own id is known when it has logged in. */
function placesElsewhere(client: Client): Places {
  let places: Places | null = null;
  const opened = () => (places ??= createRestPlaces({ rest: client.rest, botId: client.user?.id ?? '' }));
  return {
    channel: (id) => opened().channel(id),
    role: (guildId, id) => opened().role(guildId, id),
    permissionsOf: (userId, channelId) => opened().permissionsOf(userId, channelId),
  };
}

function createClient(apiUrl: string, shards: Shards | null): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    // By itself it asks Discord how many, who allows 2,500 servers to each: https://discord.com/developers/docs/events/gateway#sharding
    ...(shards ? { shards: [...shards.ids], shardCount: shards.count } : { shards: 'auto' as const }),
    rest: { api: apiUrl },
    // Nothing reads the messages that come with pressed buttons.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
  });
}

/** Answers interactions as they come; returns the answers under way. */
function serve(client: Client, context: DispatchContext): Set<Promise<void>> {
  const underWay = new Set<Promise<void>>();
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    const answered = dispatch(interaction, restResponder(client.rest, interaction), context);
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered));
  });
  return underWay;
}

/** Logs what happens to the connection. Resolves when it is over for good; what can be mended, discord.js mends. */
function watch(client: Client, log: Log): Promise<UserError> {
  client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client failed'));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (error, shard) => log.warn({ err: error, shard }, 'the connection to Discord failed'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'reconnecting to Discord'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'connected to Discord again'));
  return new Promise((resolve) => client.on(Events.ShardDisconnect, ({ code }) => resolve(endOf(code))));
}

async function login(client: Client, token: string, apiUrl: string, milliseconds: number): Promise<Identity> {
  try {
    await within(client.login(token), milliseconds);
  } catch (error) {
    abandon(client);
    throw loginFault(error, apiUrl);
  }
  const { application, user } = client;
  if (application && user) return { applicationId: application.id, name: user.username };
  abandon(client);
  throw new UserError(
    `Discord at ${apiUrl} did not let the bot in within ${milliseconds / 1000} seconds. Check the network, DISCORD_API_URL and https://discordstatus.com, and start again.`,
  );
}

/**
 * Ends the attempts to connect. discord.js 14.28 goes on with them even after destroy() when the gateway cannot be reached,
 * and destroying a connection that is being made throws where nobody can catch it. But each attempt first awaits the
 * session to resume, and this one never comes.
 */
function abandon(client: Client): void {
  for (const shard of client.ws.shards.values()) Object.assign(shard, { sessionInfo: new Promise(() => {}) });
}

/** Opens Discord's dialogue for adding the bot to a server. */
export function inviteUrlOf(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
