import { PermissionFlagsBits } from 'discord.js';
import type { Request, Services } from '../../src/discord/command.ts';

const EVERYWHERE = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

/**
 * Whether whoever asks may set up what a channel gets. Manage Channels counts where it is given: somebody may manage one
 * channel and no other.
 */
export async function mayManageChannel(channelId: string, request: Request, services: Services): Promise<boolean> {
  const { guildId, permissions, chosenChannels, reader } = request;
  if (guildId === null) return false;
  if ((permissions & EVERYWHERE) !== 0n) return true;
  const there =
    channelId === request.channelId
      ? permissions
      : (chosenChannels[channelId] ?? (await services.permissionsOf(reader.id, channelId)));
  return (there & (PermissionFlagsBits.ManageChannels | EVERYWHERE)) !== 0n;
}
