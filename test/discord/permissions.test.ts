import { PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { missingPermissions, permissionsIn } from '../../src/discord/permissions.ts';

const VIEW_AND_SEND = Permission.ViewChannel | Permission.SendMessages;
const guild = {
  id: '1',
  owner_id: '9',
  roles: [
    { id: '1', permissions: String(Permission.ViewChannel) },
    { id: '2', permissions: String(Permission.SendMessages) },
    { id: '3', permissions: String(Permission.Administrator) },
  ],
};
const of = (id: string, roles: string[], ...overwrites: [id: string, allow: bigint, deny: bigint][]) =>
  permissionsIn({
    guild,
    member: { id, roles },
    overwrites: overwrites.map(([id, allow, deny]) => ({ id, allow: String(allow), deny: String(deny) })),
  });

describe('permissionsIn', () => {
  it('joins what everybody and a member’s roles may', () => {
    expect(of('5', [])).toBe(Permission.ViewChannel);
    expect(of('5', ['2'])).toBe(VIEW_AND_SEND);
  });

  it('lets a channel’s rules for roles prevail over those for everybody, and those for the member over both', () => {
    const closed: [string, bigint, bigint] = ['1', 0n, VIEW_AND_SEND];
    expect(of('5', ['2'], closed)).toBe(0n);
    expect(of('5', ['2'], ['2', VIEW_AND_SEND, 0n], closed)).toBe(VIEW_AND_SEND);
    expect(of('5', ['2'], ['5', 0n, Permission.SendMessages], ['2', VIEW_AND_SEND, 0n], closed)).toBe(
      Permission.ViewChannel,
    );
    expect(of('5', [], ['2', VIEW_AND_SEND, 0n])).toBe(Permission.ViewChannel);
  });

  it('lets owners and administrators do everything', () => {
    const closed: [string, bigint, bigint] = ['1', 0n, VIEW_AND_SEND];
    expect(of('9', [], closed) & VIEW_AND_SEND).toBe(VIEW_AND_SEND);
    expect(of('5', ['3'], closed) & VIEW_AND_SEND).toBe(VIEW_AND_SEND);
  });
});

describe('missingPermissions', () => {
  it('names what Discord’s settings show, by kind of channel', () => {
    const some = Permission.EmbedLinks | Permission.AttachFiles | Permission.ReadMessageHistory;
    expect(missingPermissions('text', some)).toEqual(['View Channel', 'Send Messages']);
    expect(missingPermissions('forum', some | Permission.ViewChannel)).toEqual(['Create Posts']);
    expect(missingPermissions('thread', some | Permission.ViewChannel, true)).toEqual([
      'Send Messages in Threads',
      'Manage Threads',
    ]);
  });
});
