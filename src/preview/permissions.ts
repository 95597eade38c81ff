import { PermissionFlagsBits, type APIOverwrite } from 'discord.js';
import type { Channel, Guild, Member, World } from './world.ts';

const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

const flag = PermissionFlagsBits;

/** What Discord gives everybody in a new server, as far as chat goes. */
export const EVERYONE_PERMISSIONS =
  flag.ViewChannel |
  flag.SendMessages |
  flag.SendMessagesInThreads |
  flag.CreatePublicThreads |
  flag.EmbedLinks |
  flag.AttachFiles |
  flag.AddReactions |
  flag.UseExternalEmojis |
  flag.ReadMessageHistory |
  flag.UseApplicationCommands;

/** What users have in direct messages. */
export const DIRECT_MESSAGE_PERMISSIONS = EVERYONE_PERMISSIONS | flag.MentionEveryone;

function applyOverwrites(bits: bigint, overwrites: APIOverwrite[]): bigint {
  const denied = overwrites.reduce((all, overwrite) => all | BigInt(overwrite.deny), 0n);
  const allowed = overwrites.reduce((all, overwrite) => all | BigInt(overwrite.allow), 0n);
  return (bits & ~denied) | allowed;
}

function basePermissions(guild: Guild, member: Member): bigint {
  if (guild.ownerId === member.user.id) return ALL_PERMISSIONS;
  const ids = [guild.id, ...member.roles];
  const bits = guild.roles
    .filter((role) => ids.includes(role.id))
    .reduce((all, role) => all | BigInt(role.permissions), 0n);
  return bits & flag.Administrator ? ALL_PERMISSIONS : bits;
}

/**
 * The permission bits a user has in a channel; 0 for a user who is no member.
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  const guild = world.guilds.get(channel.guild_id ?? '');
  if (!guild) return channel.recipients ? DIRECT_MESSAGE_PERMISSIONS : 0n;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (member.permissions !== null) return member.permissions;
  const base = basePermissions(guild, member);
  if (base === ALL_PERMISSIONS) return base;
  const home = channel.thread_metadata ? world.channels.get(channel.parent_id ?? '') : channel;
  const overwrites = home?.permission_overwrites ?? [];
  const everyone = overwrites.filter((overwrite) => overwrite.id === guild.id);
  const roles = overwrites.filter((overwrite) => member.roles.includes(overwrite.id));
  const own = overwrites.filter((overwrite) => overwrite.id === userId);
  return applyOverwrites(applyOverwrites(applyOverwrites(base, everyone), roles), own);
}
