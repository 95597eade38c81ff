import type { APIUser } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import { errorText } from '../core/errors.ts';
import type { ApiError } from './errors.ts';
import { bytesOf } from './frames.ts';
import type { Interaction } from './interactions/interactions.ts';
import type { Actor } from './interactions/payload.ts';
import { permissionsIn } from './permissions.ts';
import type { ApiObject, FromPage, PreviewChannel, PreviewUser, ToPage } from './protocol.ts';
import type { RecordedRequest } from './rest/api.ts';
import type { Discord } from './rest/router.ts';
import { press, runCommand, submit, suggest } from './user/actions.ts';
import { dismiss, visibleMessages } from './user/user.ts';
import type { Channel, StoredMessage } from './world.ts';

/** The pages that are open, all of one user. */
export interface Pages {
  accept(socket: WebSocket): void;
  /** The bot came or went. */
  botChanged(): void;
  refused(request: RecordedRequest, error: ApiError): void;
}

const VIEW_CHANNEL = 1n << 10n;

export function createPages(discord: Discord, actor: Actor): Pages {
  const { world } = discord;
  const sockets = new Set<WebSocket>();
  const broadcast = (message: ToPage): void => {
    const text = JSON.stringify(message);
    for (const socket of sockets) socket.send(text);
  };
  const isVisible = ({ viewerId, data }: StoredMessage): boolean =>
    (viewerId === null || viewerId === actor.user.id) &&
    channelsFor(discord, actor).some(({ id }) => id === data.channel_id);
  const announce = (stored: StoredMessage): void => {
    if (!isVisible(stored)) return;
    broadcast({ type: 'message', channelId: stored.data.channel_id, message: asObject(stored.data) });
  };

  world.events.on('message', announce);
  world.events.on('messageChanged', announce);
  world.events.on('messageDeleted', (stored) => {
    if (isVisible(stored)) broadcast({ type: 'deleted', channelId: stored.data.channel_id, messageId: stored.data.id });
  });
  world.events.on('commands', () => broadcast({ type: 'commands', commands: commands(discord) }));
  const announceChannels = (): void => broadcast({ type: 'channels', channels: channelsFor(discord, actor) });
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
    botChanged: () => broadcast({ type: 'bot', online: discord.gateway.online() }),
    refused({ method, path }, error) {
      const detail = error.errors ? JSON.stringify(error.errors) : '';
      const { status, code, message } = error;
      broadcast({ type: 'refused', method, path, status, code, message, detail });
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

/** The channels that the user of the page sees. */
function channelsFor({ world }: Discord, { user }: Actor): PreviewChannel[] {
  return [...world.channels.values()]
    .filter((channel) =>
      channel.guild_id
        ? world.guilds.get(channel.guild_id)?.hasBot && permissionsIn(world, channel, user.id) & VIEW_CHANNEL
        : channel.recipients?.some(({ id }) => id === user.id),
    )
    .map((channel) => pageChannel(channel, world.bot));
}

function pageChannel({ id, type, name, topic, guild_id, parent_id }: Channel, bot: APIUser): PreviewChannel {
  return {
    id,
    type,
    name: name ?? bot.username,
    topic: topic ?? null,
    guild_id: guild_id ?? null,
    parent_id: parent_id ?? null,
  };
}

function hello(discord: Discord, actor: Actor): ToPage {
  const channels = channelsFor(discord, actor);
  const [guild] = discord.world.guilds.values();
  return {
    type: 'hello',
    user: pageUser(actor.user),
    bot: pageUser(discord.world.bot),
    guild: { id: guild?.id ?? '', name: guild?.name ?? '' },
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
  const failed = (error: unknown): void => send({ type: 'failed', nonce, reason: errorText(error) });
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
