import { fork } from 'node:child_process';
import { once } from 'node:events';
import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import { startDiscord } from '../src/discord/client.ts';
import { silentLog } from '../src/core/log.ts';
import { systemClock } from '../src/core/clock.ts';
import { startPreview } from '../src/preview/preview.ts';
import { createSearch } from '../src/search/search.ts';
import { openDatabase } from '../src/store/database.ts';

/** What a full shard costs; `scale.ts` runs this file in a process of its own, and the Discord it logs in to in another. */
export interface Guilds {
  guilds: number;
  /** In each server. */
  channels: number;
  /** Megabytes of heap that they take. */
  memory: number;
}

/** The most that Discord wants on a shard: https://docs.discord.com/developers/events/gateway#sharding */
const GUILDS = 2500;
const CHANNELS = 30;

if (process.send) await serve();
else process.stdout.write(`${JSON.stringify(await measure())}\n`);

async function measure(): Promise<Guilds> {
  const few = await memoryWith(1);
  return { guilds: GUILDS, channels: CHANNELS, memory: (await memoryWith(GUILDS)) - few };
}

async function memoryWith(guilds: number): Promise<number> {
  const discord = fork(process.argv[1] ?? '', [String(guilds)]);
  const [{ apiUrl, token }] = (await once(discord, 'message')) as [{ apiUrl: string; token: string }];
  const db = await openDatabase('sqlite::memory:');
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const services = {
    db,
    search: await createSearch({ db, log: silentLog }),
    clock: systemClock,
    log: silentLog,
    timezone: 'UTC',
    quotas: { topicsPerReader: 1, topicsPerServer: 1 },
    nextIngestion: async () => null,
    unreadableFiles: async () => 0,
    outboxState: () => 'delivers' as const,
  };
  const bot = await startDiscord({ apiUrl, token, commands: [], services, loginWithin: 120_000 });
  globalThis.gc?.();
  const memory = (process.memoryUsage().heapUsed - before) / 1e6;
  await bot.close();
  await db.destroy();
  discord.kill();
  return memory;
}

async function serve(): Promise<void> {
  const preview = await startPreview({ port: 0, rateLimited: false });
  const deny = String(PermissionFlagsBits.SendMessages);
  for (let guild = 1; guild < Number(process.argv[2]); guild++) {
    const { id } = preview.world.addServer(`A server of readers, number ${guild}`);
    const overwrites = [{ id, type: OverwriteType.Role, allow: '0', deny }];
    for (let channel = 1; channel < CHANNELS; channel++) {
      preview.world.addChannel({ name: `a-channel-${channel}`, guildId: id, overwrites });
    }
  }
  process.send?.({ apiUrl: preview.apiUrl, token: preview.token });
}
