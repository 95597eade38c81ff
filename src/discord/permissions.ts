import { type APIOverwrite, PermissionFlagsBits as Permission } from 'discord.js';

export type ChannelKind = 'text' | 'announcement' | 'thread' | 'forum' | 'direct';

/** What writing takes, by kind: https://support.discord.com/hc/en-us/articles/206029707 */
const WRITE: Record<ChannelKind, [name: string, bit: bigint][]> = {
  text: [['Send Messages', Permission.SendMessages]],
  announcement: [['Send Messages', Permission.SendMessages]],
  thread: [['Send Messages in Threads', Permission.SendMessagesInThreads]],
  forum: [['Create Posts', Permission.SendMessages]],
  direct: [],
};

/** Which permissions are missing among `has` to post in a channel of this kind, by the names that Discord's settings show. */
export function missingPermissions(kind: ChannelKind, has: bigint, isLocked = false): string[] {
  const needed: [name: string, bit: bigint][] = [
    ['View Channel', Permission.ViewChannel],
    ...WRITE[kind],
    ['Embed Links', Permission.EmbedLinks],
    ['Attach Files', Permission.AttachFiles],
    ['Read Message History', Permission.ReadMessageHistory],
  ];
  if (isLocked) needed.push(['Manage Threads', Permission.ManageThreads]);
  return needed.filter(([, bit]) => (has & bit) === 0n).map(([name]) => name);
}

/** What Discord says of a server, a member and a channel that bears on what the member may do there. */
export interface Standing {
  guild: { id: string; owner_id: string; roles: readonly { id: string; permissions: string }[] };
  member: { id: string; roles: readonly string[] };
  /** Of the channel; of a thread those of the channel that it is in. */
  overwrites: readonly Pick<APIOverwrite, 'id' | 'allow' | 'deny'>[];
}

const ALL = Object.values(Permission).reduce((all, bit) => all | bit, 0n);

/**
 * The permission bits that a member has in a channel.
 * https://discord.com/developers/docs/topics/permissions#permission-overwrites
 */
export function permissionsIn({ guild, member, overwrites }: Standing): bigint {
  const roles = [guild.id, ...member.roles];
  const base = guild.roles
    .filter(({ id }) => roles.includes(id))
    .reduce((all, { permissions }) => all | BigInt(permissions), 0n);
  if (guild.owner_id === member.id || base & Permission.Administrator) return ALL;
  const layers = [[guild.id], member.roles, [member.id]];
  return layers.reduce((bits, ids) => {
    const layer = overwrites.filter(({ id }) => ids.includes(id));
    const denied = layer.reduce((all, { deny }) => all | BigInt(deny), 0n);
    return (bits & ~denied) | layer.reduce((all, { allow }) => all | BigInt(allow), 0n);
  }, base);
}

/** What is left to a member who is in time-out until an instant as Discord gives it; owners and administrators never are. */
export function inTimeOut(bits: bigint, until: string | null | undefined, now: Date): bigint {
  if ((bits & Permission.Administrator) !== 0n || !until || Date.parse(until) <= now.getTime()) return bits;
  return bits & (Permission.ViewChannel | Permission.ReadMessageHistory);
}
