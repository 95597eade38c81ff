import { PermissionFlagsBits, type APIUser } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import { errorText } from '../core/errors.ts';
import type { ApiError } from './errors.ts';
import { bytesOf } from './frames.ts';
import { InteractionFailed, type Interaction } from './interactions/interactions.ts';
import type { Actor } from './interactions/payload.ts';
import { permissionsIn } from './permissions.ts';
import type { ApiObject, FromPage, PreviewChannel, PreviewRole, PreviewUser, ToPage } from './protocol.ts';
import type { RecordedRequest } from './rest/api.ts';
import type { Discord } from './rest/router.ts';
import { press, runCommand, submit, suggest } from './user/actions.ts';
import { dismiss, visibleMessages } from './user/user.ts';
import type { Channel, Guild, StoredMessage, World } from './world.ts';

/** The pages that are open, all of one user. */
export interface Pages {
  accept(socket: WebSocket): void;
  /** The bot came or went. */
  botChanged(): void;
  refused(request: RecordedRequest, error: ApiError): void;
}

export function createPages(discord: Discord, actor: Actor): Pages {
  const { world } = discord;
  const sockets = new Set<WebSocket>();
  const broadcast = (say: () => ToPage): void => {
    if (sockets.size === 0) return;
    const text = JSON.stringify(say());
    for (const socket of sockets) socket.send(text);
  };
  const forViewers = ({ viewerId, data }: StoredMessage, say: () => ToPage): void => {
    const isFor = (viewerId === null || viewerId === actor.user.id) && sees(discord, actor, data.channel_id);
    if (isFor) broadcast(say);
  };
  const announce = (stored: StoredMessage): void => {
    const { channel_id: channelId } = stored.data;
    forViewers(stored, () => ({ type: 'message', channelId, message: asObject(stored.data) }));
  };
  const announceChannels = (): void => broadcast(() => ({ type: 'channels', channels: channelsFor(discord, actor) }));

  world.events.on('message', announce);
  world.events.on('messageChanged', announce);
  world.events.on('messageDeleted', (stored) => {
    const { id, channel_id } = stored.data;
    forViewers(stored, () => ({ type: 'deleted', channelId: channel_id, messageId: id }));
  });
  world.events.on('commands', () => broadcast(() => ({ type: 'commands', commands: commands(discord) })));
  world.events.on('role', () => broadcast(() => ({ type: 'roles', roles: rolesFor(discord, actor) })));
  world.events.on('channel', announceChannels);
  world.events.on('guild', announceChannels);

  return {
    accept(socket) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.terminate());
      const send = (message: ToPage): void => socket.send(JSON.stringify(message));
      socket.on('message', (data) => receive(discord, actor, data, send));
      send(hello(discord, actor));
    },
    botChanged: () => broadcast(() => ({ type: 'bot', online: discord.gateway.online() })),
    refused({ method, path }, error) {
      const detail = error.errors ? JSON.stringify(error.errors) : '';
      const { status, code, message } = error;
      broadcast(() => ({ type: 'refused', method, path, status, code, message, detail }));
    },
  };
}

function asObject(value: object): ApiObject {
  return value as ApiObject;
}

function commands({ world }: Discord): ApiObject[] {
  return [...world.commands.values()].map(asObject);
}

function pageUser({ id, username, global_name, bot }: APIUser): PreviewUser {
  return { id, username, global_name, bot: bot ?? false };
}

/** Whether a user sees a channel. */
function sees({ world }: Discord, { user }: Actor, channelId: string): boolean {
  const channel = world.channels.get(channelId);
  if (!channel?.guild_id) return channel?.recipients?.some(({ id }) => id === user.id) ?? false;
  const isKnown = world.guilds.get(channel.guild_id)?.hasBot ?? false;
  return isKnown && (permissionsIn(world, channel, user.id) & PermissionFlagsBits.ViewChannel) !== 0n;
}

/** The channels that the user of the page sees. */
function channelsFor(discord: Discord, actor: Actor): PreviewChannel[] {
  const { world } = discord;
  const seen = [...world.channels.values()].filter(({ id }) => sees(discord, actor, id));
  return seen.map((channel) => pageChannel(channel, world));
}

function pageChannel(channel: Channel, world: World): PreviewChannel {
  const { id, type, name, topic, guild_id, parent_id, applied_tags = [], thread_metadata } = channel;
  const known = world.channels.get(parent_id ?? '')?.available_tags ?? [];
  const tags = known.filter((tag) => applied_tags.includes(tag.id));
  return {
    id,
    type,
    name: name ?? world.bot.username,
    topic: topic ?? null,
    guild_id: guild_id ?? null,
    parent_id: parent_id ?? null,
    tags: tags.map(({ name, emoji_name }) => (emoji_name ? `${emoji_name} ${name}` : name)),
    archived: thread_metadata?.archived ?? false,
  };
}

/** The server of the page: the first one. */
function guildOf({ world }: Discord): Guild | undefined {
  return [...world.guilds.values()][0];
}

function rolesFor(discord: Discord, actor: Actor): PreviewRole[] {
  const guild = guildOf(discord);
  const own = guild?.members.get(actor.user.id)?.roles ?? [];
  return (guild?.roles ?? []).map(({ id, name }) => ({ id, name, own: own.includes(id) || id === guild?.id }));
}

function hello(discord: Discord, actor: Actor): ToPage {
  const channels = channelsFor(discord, actor);
  const guild = guildOf(discord);
  return {
    type: 'hello',
    user: pageUser(actor.user),
    bot: pageUser(discord.world.bot),
    guild: { id: guild?.id ?? '', name: guild?.name ?? '' },
    people: [...(guild?.members.values() ?? [])].map(({ user }) => pageUser(user)),
    roles: rolesFor(discord, actor),
    channels,
    commands: commands(discord),
    messages: Object.fromEntries(
      channels.map(({ id }) => [id, visibleMessages(discord, actor.user.id, id).map(asObject)]),
    ),
    botOnline: discord.gateway.online(),
  };
}

function parse(data: RawData): FromPage | null {
  try {
    return JSON.parse(bytesOf(data).toString('utf8')) as FromPage;
  } catch {
    return null;
  }
}

function receive(discord: Discord, actor: Actor, data: RawData, send: (message: ToPage) => void): void {
  const message = parse(data);
  if (!message) return;
  if (message.type === 'dismiss') return dismiss(discord, actor.user.id, message.channelId, message.messageId);
  const { nonce } = message;
  const failed = (error: unknown): void => {
    const reason = error instanceof InteractionFailed ? error.reason : errorText(error);
    send({ type: 'failed', nonce, reason });
  };
  try {
    const interaction = begin(discord, actor, message);
    if (!interaction) return;
    interaction.acknowledged.then(() => send({ type: 'done', nonce }), failed);
    interaction.answered.then(
      (answer) => {
        const messageId = interaction.spec.messageId ?? null;
        if (answer.type === 'choices') send({ type: 'choices', nonce, choices: answer.choices });
        if (answer.type === 'modal') send({ type: 'modal', nonce, modal: asObject(answer.modal), messageId });
        return answer;
      },
      () => null,
    );
  } catch (error) {
    failed(error);
  }
}

function begin(discord: Discord, actor: Actor, message: FromPage): Interaction | null {
  switch (message.type) {
    case 'command':
      return runCommand(discord, actor, message);
    case 'autocomplete':
      return suggest(discord, actor, message);
    case 'press':
      return press(discord, actor, message);
    case 'submit':
      return submit(discord, actor, message);
    default:
      return null;
  }
}
