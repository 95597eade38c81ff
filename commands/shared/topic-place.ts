import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { ChannelInfo } from '../../src/discord/channels.ts';
import type { Request, Services } from '../../src/discord/command.ts';
import type { Topic } from '../../src/store/topics.ts';
import { postableChannel } from './postable-channel.ts';
import { checkMayManage } from './topic-rights.ts';

/** Where a topic's papers go, and who is mentioned there. */
export type Place = Pick<Topic, 'guildId' | 'destination' | 'form' | 'toldBy' | 'mentionRoleId'>;

/** What a reader asks for: ids of a channel and a role, and how they are told themselves. */
export interface PlaceAsked {
  where?: string | undefined;
  mention?: string | undefined;
  told?: Topic['toldBy'] | undefined;
}

/**
 * Where papers go that somebody wants to have in a channel, or else brought to themselves.
 * @throws UserError when they may not set that up, or the bot may not post or mention there; it says which permission is missing.
 */
export async function placeOf(asked: PlaceAsked, request: Request, services: Services): Promise<Place> {
  const { where, mention, told } = asked;
  if (where === undefined) {
    if (mention !== undefined) {
      throw new UserError(
        'A role can be mentioned only in a channel. Choose one with "where", or leave "mention" out.',
      );
    }
    return own(request.reader.id, told ?? 'message');
  }
  if (told !== undefined) {
    throw new UserError(
      '"told" is for what you follow yourself; everybody reads a channel. Leave "told" or "where" out.',
    );
  }
  const channel = await alertChannel(where, request, services);
  if (mention !== undefined) await checkRole(mention, channel, request, services);
  return {
    guildId: request.guildId,
    destination: { kind: 'channel', id: channel.id },
    form: channel.kind === 'forum' ? 'forum post' : 'message',
    toldBy: 'message',
    mentionRoleId: mention ?? null,
  };
}

/** A reader is told by direct message, or looks into `/inbox`. */
export function own(readerId: string, toldBy: Topic['toldBy']): Place {
  return { guildId: null, destination: { kind: 'user', id: readerId }, form: 'message', toldBy, mentionRoleId: null };
}

/** @throws UserError when the reader may not choose the channel, or no alert can be posted there. */
async function alertChannel(id: string, request: Request, services: Services): Promise<ChannelInfo> {
  await checkMayManage(id, request, services);
  const channel = await postableChannel(id, request, services);
  if (!channel.requiresTag) return channel;
  throw new UserError(
    `Every post in #${channel.name} needs a tag, and alerts carry none. Choose another channel, or a thread in this forum.`,
  );
}

/** @throws UserError when the role cannot be mentioned there, by the reader or by the bot. */
export async function checkRole(id: string, channel: ChannelInfo, request: Request, services: Services): Promise<void> {
  const role = request.guildId === null ? null : await services.role(request.guildId, id);
  if (!role) throw new UserError('Everyone is no role to mention for papers. Choose a role that people can join.');
  if (role.mentionable) return;
  const all = PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator;
  const there = request.chosenChannels[channel.id] ?? request.permissions;
  if ((there & all) === 0n) {
    throw new UserError(`You may not mention @${role.name} here, so neither may what you set up. Choose another role.`);
  }
  if (channel.mentionsEveryRole) return;
  throw new UserError(
    `I may not mention @${role.name} in #${channel.name}. Let everybody mention that role, or grant me Mention Everyone there.`,
  );
}
