import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { Request } from '../../src/discord/command.ts';
import type { Topic } from '../../src/store/topics.ts';

const MANAGE = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageChannels | PermissionFlagsBits.Administrator;

/** Whether whoever asks may set up what a server's channels get. */
export function mayManage({ guildId, permissions }: Request): boolean {
  return guildId !== null && (permissions & MANAGE) !== 0n;
}

/** The reader's permission bits in a channel: Discord tells them of one that was just chosen, else those where they ask from count. */
export function permissionsIn(channelId: string, { permissions, chosenChannels }: Request): bigint {
  return chosenChannels[channelId] ?? permissions;
}

/** Whether a topic is the reader's own, or that of a channel they may manage. */
export function mayChange(topic: Topic, request: Request): boolean {
  if (topic.guildId === null) return topic.readerId === request.reader.id;
  return topic.guildId === request.guildId && mayManage(request);
}

/** @throws UserError when the reader may not. Rights may be lost between a message and its button, so it is asked each time. */
export function checkMayChange(topic: Topic, request: Request): void {
  if (mayChange(topic, request)) return;
  throw new UserError(
    topic.guildId === null
      ? 'This topic is somebody else’s. You can follow the same words yourself with /subscribe.'
      : 'Only those who may manage the server or its channels can change what a channel follows. You can follow the same words yourself with /subscribe.',
  );
}

/** @throws UserError where the reader may not set up what this server's channels get. */
export function checkMayManage(request: Request): void {
  if (mayManage(request)) return;
  throw new UserError(
    request.guildId === null
      ? 'A channel can be chosen only in the server it belongs to. Leave "where" out, and you are told yourself.'
      : 'A topic of a channel needs the permission Manage Server or Manage Channels, which you do not have there. Leave "where" out, and you are told yourself.',
  );
}
