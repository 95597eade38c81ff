import { expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import type { DiscordOptions } from '../../src/discord/client.ts';
import { openRestBot } from '../../src/discord/rest-bot.ts';
import { commands } from '../../commands/index.ts';
import { startPreview } from '../../src/preview/preview.ts';
import { emptyDatabase } from '../helpers/databases.ts';

async function open() {
  const preview = await startPreview({ port: 0 });
  const db = await emptyDatabase();
  onTestFinished(async () => {
    await preview.close();
    await db.destroy();
  });
  const services = { db, log: silentLog, clock: () => new Date() } as DiscordOptions['services'];
  return { preview, options: { token: preview.token, apiUrl: preview.apiUrl, commands, services } };
}

it('learns who it is and registers its commands, without the gateway', async () => {
  const { preview, options } = await open();
  const bot = await openRestBot(options);
  expect(bot).toMatchObject({ name: 'Paperboy', publicKey: preview.endpoint.publicKey });
  expect(bot.inviteUrl).toContain(`client_id=${bot.applicationId}`);
  const search = preview.user.commands(preview.user.directMessages).find(({ name }) => name === 'search');
  expect(bot.context.services.mention('search')).toBe(`</search:${search?.id}>`);
  expect(bot.context.services.mention('nothing')).toBe('/nothing');
  expect(preview.requests.map(({ path }) => path)).not.toContain('/gateway/bot');
});

it('says what to do where the token is wrong, or what answers is not Discord', async () => {
  const { preview, options } = await open();
  await expect(openRestBot({ ...options, token: 'x.y.z' })).rejects.toThrow(/refuses the bot's token/);
  preview.faults.add({ path: /applications/, instead: { status: 418 }, times: 1 });
  await expect(openRestBot(options)).rejects.toThrow(UserError);
  await expect(openRestBot({ ...options, apiUrl: 'http://127.0.0.1:9/api' })).rejects.toThrow(/cannot be reached/);
});

it('says where the bot is not in the one server that commands are for', async () => {
  const { preview, options } = await open();
  preview.faults.add({
    path: /guilds\/1180000000000000100\/commands/,
    instead: { status: 403, code: 50001 },
    times: 1,
  });
  await expect(openRestBot({ ...options, guildId: '1180000000000000100' })).rejects.toThrow(/Add it with https/);
});
