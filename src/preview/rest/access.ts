import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { refusals } from '../errors.ts';
import { permissionsIn } from '../permissions.ts';
import { findMessage, type Channel, type Guild, type StoredMessage, type World } from '../world.ts';

/** A server that the bot is in. @throws ApiError 10004. */
export function guildOf(world: World, guildId: string): Guild {
  const guild = world.guilds.get(guildId);
  if (!guild?.hasBot) throw refusals.unknownGuild();
  return guild;
}

/** A channel that the bot sees. @throws ApiError 10003 when there is none, 50001 when the bot does not see it. */
export function channelOf(world: World, channelId: string): Channel {
  const channel = world.channels.get(channelId);
  if (!channel) throw refusals.unknownChannel();
  if (!channel.guild_id) {
    if (channel.type !== ChannelType.DM) throw refusals.missingAccess();
    return channel;
  }
  if (!(permissionsIn(world, channel, world.bot.id) & PermissionFlagsBits.ViewChannel)) throw refusals.missingAccess();
  return channel;
}

/** @throws ApiError 50013 unless the bot has all of these permissions in the channel. */
export function requirePermissions(world: World, channel: Channel, bits: bigint): void {
  if ((permissionsIn(world, channel, world.bot.id) & bits) !== bits) throw refusals.missingPermissions();
}

/** A message that everybody in the channel sees. @throws ApiError 10008. */
export function messageOf(world: World, channel: Channel, messageId: string): StoredMessage {
  const stored = findMessage(world, channel.id, messageId);
  if (!stored || stored.viewerId !== null) throw refusals.unknownMessage();
  return stored;
}
