import { describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { type DiscordOptions, startDiscord } from '../../src/discord/client.ts';
import { SEED } from '../../src/preview/seed.ts';
import { openWorld } from '../e2e/bot.ts';

/** A bot that notes what it is told of servers. */
async function open(fail = false) {
  const { preview, db, discord } = await openWorld({ commands: [] });
  await discord.close();
  const told: string[] = [];
  const note = (what: string) => async (given: string | string[]) => {
    told.push([what, given].flat().join(' '));
    if (fail) throw new Error('planned');
  };
  const onGuilds = { present: note('present'), joined: note('joined'), left: note('left') };
  const services = { db, log: silentLog } as unknown as DiscordOptions['services'];
  const start = async () => {
    const { token, apiUrl } = preview;
    const started = await startDiscord({ token, apiUrl, commands: [], services, onGuilds });
    await vi.waitUntil(() => told.includes(`joined ${SEED.guild}`));
    return started;
  };
  return { preview, told, start };
}

describe('servers', () => {
  it('that the bot is in, joins and leaves are told', async () => {
    const { preview, told, start } = await open();
    const discord = await start();
    expect(told).toEqual([`present ${SEED.guild}`, `joined ${SEED.guild}`]);
    told.length = 0;
    const { id } = preview.world.addServer('Elsewhere');
    preview.world.removeBot(id);
    preview.world.inviteBot(id);
    await vi.waitUntil(() => told.length === 3);
    expect(told).toEqual([`joined ${id}`, `left ${id}`, `joined ${id}`]);
    await discord.close();
  });

  it('that are only out of order are not left', async () => {
    const { preview, told, start } = await open();
    const discord = await start();
    preview.world.breakServer(SEED.guild);
    const { id } = preview.world.addServer('Elsewhere');
    await vi.waitUntil(() => told.includes(`joined ${id}`));
    expect(told.filter((line) => line.startsWith('left'))).toEqual([]);
    await discord.close();
  });

  it('left while no session was there are noticed by what is present then', async () => {
    const { preview, told, start } = await open();
    const { id } = preview.world.addServer('Elsewhere');
    const discord = await start();
    expect(told[0]).toBe(`present ${SEED.guild} ${id}`);
    preview.gateway.reachable = false;
    preview.gateway.forgetSessions();
    preview.world.removeBot(id);
    preview.gateway.reachable = true;
    await vi.waitUntil(() => told.includes(`present ${SEED.guild}`), 20_000);
    await discord.close();
  });

  it('that cannot be remembered do no harm', async () => {
    const { told, start } = await open(true);
    const discord = await start();
    expect(told).toHaveLength(2);
    await discord.close();
  });
});
