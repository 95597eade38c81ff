import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { silentLog } from '../../src/core/log.ts';
import { parseShards, shardOf } from '../../src/core/shards.ts';
import { type DiscordOptions, startDiscord } from '../../src/discord/client.ts';
import { defineCommand, type Services } from '../../src/discord/command.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import { type Preview, startPreview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { createSummary } from '../../src/store/summaries.ts';
import { departedGuilds, guildJoined, guildLeft, guildsPresent } from '../../src/store/departed-guilds.ts';
import type { Db } from '../../src/store/database.ts';
import { emptyDatabase } from '../helpers/databases.ts';

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** A server of a shard of two, and its channel. */
function serverOn(shard: number, { world, user }: Preview): { id: string; channelId: string } {
  for (;;) {
    const server = world.addServer(`Shard ${shard}`, { members: [user] });
    if (shardOf(server.id, 2) === shard) return server;
    world.removeBot(server.id);
  }
}

/** A process with these shards; its command says which ones answered. */
async function start(text: string, preview: Preview, db: Db) {
  let services: Services | null = null;
  const who = defineCommand({
    declaration: slashCommand({ name: 'who', description: 'Which shards answer' }),
    options: z.object({}),
    async run(_, given) {
      services = given;
      return { content: text };
    },
  });
  const onGuilds: DiscordOptions['onGuilds'] = {
    present: (ids, shard) => guildsPresent(db, ids, new Date(), shard),
    joined: (id) => guildJoined(db, id),
    left: (id) => guildLeft(db, id, new Date()),
  };
  const { token, apiUrl } = preview;
  const given = { db, log: silentLog } as unknown as DiscordOptions['services'];
  const shards = parseShards(text);
  const discord = await startDiscord({ token, apiUrl, commands: [who], services: given, shards, onGuilds });
  onTestFinished(() => discord.close());
  return { services: () => services };
}

it('spread over processes: each answers for its own servers and knows channels of the others’', async () => {
  const preview = await startPreview({ port: 0, rateLimited: false });
  onTestFinished(() => preview.close());
  const db = await emptyDatabase();
  const servers = [0, 1].map((shard) => serverOn(shard, preview));
  const [even, odd] = servers as [(typeof servers)[0], (typeof servers)[0]];
  const gone = { even: String(2n << 22n), odd: String(3n << 22n) };
  for (const guildId of [even.id, odd.id, gone.even, gone.odd]) {
    const schedule = { minute: 540, days: [1], timezone: 'UTC' };
    await createSummary(db, { guildId, channelId: '1', readerId: '1', period: 'daily', schedule }, new Date());
  }
  const first = await start('0/2', preview, db);
  await until(async () => expect(await departedGuilds(db)).toEqual(new Set([gone.even])));
  const second = await start('1/2', preview, db);
  await until(async () => expect(await departedGuilds(db)).toEqual(new Set([gone.even, gone.odd])));
  const { user } = preview;
  expect((await user.command(even.channelId, 'who')).content).toBe('0/2');
  expect((await user.command(odd.channelId, 'who')).content).toBe('1/2');
  expect((await user.command(user.directMessages, 'who')).content).toBe('0/2');
  for (const services of [first.services(), second.services()]) {
    for (const { id, channelId } of servers) {
      expect(await services?.channel(channelId)).toMatchObject({
        guildId: id,
        name: 'general',
        kind: 'text',
        missing: [],
      });
      expect(await services?.permissionsOf(user.user.id, channelId)).not.toBe(0n);
      expect(await services?.role(id, id)).toBeNull();
    }
    expect(await services?.channel('1180000000000000999')).toBeNull();
    expect(await services?.role(SEED.guild, SEED.readers)).toMatchObject({ name: 'readers' });
  }
  preview.world.removeBot(odd.id);
  await until(async () => expect(await departedGuilds(db)).toContain(odd.id));
  await db.destroy();
});

it('that Discord does not know are refused with what to do', async () => {
  const preview = await startPreview({ port: 0, rateLimited: false });
  onTestFinished(() => preview.close());
  const db = await emptyDatabase();
  const given = { db, log: silentLog } as unknown as DiscordOptions['services'];
  const shards = { ids: [2], count: 2 };
  const { token, apiUrl } = preview;
  const login = startDiscord({ token, apiUrl, commands: [], services: given, shards });
  await expect(login).rejects.toThrow(/refuses these shards.*DISCORD_SHARDS/);
  await db.destroy();
});
