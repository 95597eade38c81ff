import { GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import { guildCreatePayload, isThread } from '../payloads.ts';
import type { Channel, StoredMessage, World } from '../world.ts';
import { Connection, type Sessions } from './connection.ts';
import type { Session } from './session.ts';

/** How a test breaks the gateway. */
export interface GatewayFaults {
  /** Closes every bot's connection with a code (4000, which bots resume after), or cuts it without one. */
  drop(code?: number | 'cut'): void;
  /** Asks every bot to reconnect and resume (opcode 7). */
  askToReconnect(): void;
  /** Forgets every session and cuts the bots off: a resume is answered with opcode 9, and they must identify anew. */
  forgetSessions(): void;
  /** While `false`, new connections are refused with 503. */
  reachable: boolean;
}

export interface Gateway extends GatewayFaults {
  /** Takes a connection that was upgraded. */
  accept(socket: WebSocket): void;
  /** Sends an event to the sessions that serve the server and asked for one of `intents` (0: to all). */
  dispatch(event: string, data: unknown, guildId: string | null, intents: number): void;
  /** Whether a bot is connected. */
  online(): boolean;
}

/** The gateway of a world. `changed` is called when a bot came or went. */
export function createGateway(world: World, changed: () => void): Gateway {
  const sessions = new Map<string, Session>();
  const sockets = new Set<WebSocket>();

  const registry: Sessions = {
    token: world.token,
    find: (id) => sessions.get(id),
    add: (session) => sessions.set(session.id, session),
    remove: (session) => sessions.delete(session.id),
    welcome: (session) => welcome(world, session),
    changed,
  };

  const gateway: Gateway = {
    reachable: true,
    accept(socket) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.terminate());
      void new Connection(socket, registry);
    },
    online: () => [...sessions.values()].some((session) => session.socket),
    dispatch(event, data, guildId, intents) {
      for (const session of sessions.values()) {
        if (session.serves(guildId) && (intents === 0 || session.intents & intents)) session.dispatch(event, data);
      }
    },
    drop(code = 4000) {
      for (const socket of sockets) {
        if (code === 'cut') socket.terminate();
        else socket.close(code);
      }
    },
    askToReconnect() {
      for (const socket of sockets) socket.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null }));
    },
    forgetSessions() {
      sessions.clear();
      gateway.drop();
    },
  };
  forwardEvents(world, gateway);
  return gateway;
}

function welcome(world: World, session: Session): void {
  const guilds = [...world.guilds.values()].filter((guild) => guild.hasBot && session.serves(guild.id));
  session.dispatch('READY', {
    v: 10,
    user: { ...world.bot, verified: true, mfa_enabled: false, email: null, flags: 0 },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: `${world.url.replace('http', 'ws')}/gateway`,
    shard: session.shard,
    application: { id: world.bot.id, flags: 0 },
    private_channels: [],
    relationships: [],
    presences: [],
    user_settings: {},
    _trace: [],
  });
  if (!(session.intents & GatewayIntentBits.Guilds)) return;
  for (const guild of guilds) session.dispatch('GUILD_CREATE', guildCreatePayload(world, guild));
}

/** Tells the bots what happens in the world. https://discord.com/developers/docs/events/gateway#list-of-intents */
function forwardEvents(world: World, gateway: Gateway): void {
  const isKnown = (guildId: string | undefined): boolean => world.guilds.get(guildId ?? '')?.hasBot ?? false;
  const sendMessage = (event: string, { data, viewerId }: StoredMessage, payload: object): void => {
    const guildId = world.channels.get(data.channel_id)?.guild_id;
    if (viewerId !== null || (guildId && !isKnown(guildId))) return;
    const intent = guildId ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
    gateway.dispatch(event, { ...payload, ...(guildId ? { guild_id: guildId } : {}) }, guildId ?? null, intent);
  };
  world.events.on('message', (stored) => sendMessage('MESSAGE_CREATE', stored, stored.data));
  world.events.on('messageChanged', (stored) => sendMessage('MESSAGE_UPDATE', stored, stored.data));
  world.events.on('messageDeleted', (stored) => {
    sendMessage('MESSAGE_DELETE', stored, { id: stored.data.id, channel_id: stored.data.channel_id });
  });
  world.events.on('channel', (event, channel) => {
    if (!channel.guild_id || !isKnown(channel.guild_id)) return;
    const name = `${isThread(channel) ? 'THREAD' : 'CHANNEL'}_${event}`;
    gateway.dispatch(name, channelEvent(event, channel), channel.guild_id, GatewayIntentBits.Guilds);
  });
  world.events.on('role', (event, guild, role) => {
    if (!guild.hasBot) return;
    const what = event === 'DELETE' ? { role_id: role.id } : { role };
    gateway.dispatch(`GUILD_ROLE_${event}`, { guild_id: guild.id, ...what }, guild.id, GatewayIntentBits.Guilds);
  });
  world.events.on('guild', (event, guild) => {
    if (event === 'CREATE' && !guild.hasBot) return;
    const data = event === 'CREATE' ? guildCreatePayload(world, guild) : { id: guild.id };
    gateway.dispatch(`GUILD_${event}`, data, guild.id, GatewayIntentBits.Guilds);
  });
  world.events.on('guildBroken', ({ id }) => {
    gateway.dispatch('GUILD_DELETE', { id, unavailable: true }, id, GatewayIntentBits.Guilds);
  });
}

function channelEvent(event: string, channel: Channel): object {
  if (!isThread(channel) || event === 'UPDATE') return channel;
  if (event === 'CREATE') return { ...channel, newly_created: true };
  const { id, guild_id, parent_id, type } = channel;
  return { id, guild_id, parent_id, type };
}
