import { ChannelType } from 'discord.js';
import { UserError } from '../../src/core/errors.ts';
import type { ChannelInfo } from '../../src/discord/channels.ts';
import type { Request, Services } from '../../src/discord/command.ts';

/** What a reader may choose to have papers posted in. */
export const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
  ChannelType.GuildForum,
] as const;

/**
 * A channel of the server that is asked from, in which the bot may post.
 * @throws UserError when it may not, with the permission that is missing.
 */
export async function postableChannel(id: string, { guildId }: Request, services: Services): Promise<ChannelInfo> {
  const channel = await services.channel(id);
  if (!channel || channel.guildId !== guildId) {
    throw new UserError(
      'I cannot see that channel, or it is none that holds messages. Give me View Channel there, or choose another one.',
    );
  }
  if (channel.missing.length === 0) return channel;
  const missing = channel.missing.join(', ');
  throw new UserError(
    `I cannot post in #${channel.name} yet. What is missing there: ${missing}. Grant it and try again.`,
  );
}
