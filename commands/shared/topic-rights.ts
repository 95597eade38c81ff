import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { Request, Services } from '../../src/discord/command.ts';
import type { Topic } from '../../src/store/topics.ts';
import { mayManageChannel } from './manage-channel.ts';

const MANAGE = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageChannels | PermissionFlagsBits.Administrator;

/** Whether whoever asks may manage the server, or the channel they ask from. */
export function mayManage({ guildId, permissions }: Request): boolean {
  return guildId !== null && (permissions & MANAGE) !== 0n;
}

/** Whether a topic is the reader's own, or that of a channel they may manage. */
export async function mayChange(topic: Topic, request: Request, services: Services): Promise<boolean> {
  if (topic.guildId === null) return topic.readerId === request.reader.id;
  return topic.guildId === request.guildId && mayManageChannel(topic.destination.id, request, services);
}

/** @throws UserError when the reader may not. Rights may be lost between a message and its button, so it is asked each time. */
export async function checkMayChange(topic: Topic, request: Request, services: Services): Promise<void> {
  if (await mayChange(topic, request, services)) return;
  throw new UserError(
    topic.guildId === null
      ? 'This topic is somebody else’s. You can follow the same words yourself with /subscribe.'
      : 'Only those who may manage the server or its channels can change what a channel follows. You can follow the same words yourself with /subscribe.',
  );
}

/** @throws UserError where the reader may not set up what a channel of this server gets. */
export async function checkMayManage(channelId: string, request: Request, services: Services): Promise<void> {
  if (await mayManageChannel(channelId, request, services)) return;
  throw new UserError(
    request.guildId === null
      ? 'A channel can be chosen only in the server it belongs to. Leave "where" out, and you are told yourself.'
      : 'A topic of a channel needs the permission Manage Server or Manage Channels, which you do not have there. Leave "where" out, and you are told yourself.',
  );
}
