import {
  ApplicationIntegrationType,
  InteractionContextType,
  REST,
  Routes,
  type APIApplicationCommand,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { Preview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { ECHO, openPreview, startBot } from './bot.ts';

const command = (name: string, given: object = {}): object => ({ name, description: 'd', ...given });

const batch = (prefix: string): object[] => Array.from({ length: 100 }, (_, index) => command(`${prefix}${index}`));

async function register(preview: Preview, body: object[], guildId?: string): Promise<APIApplicationCommand[]> {
  const rest = new REST({ api: preview.apiUrl, retries: 0 }).setToken(preview.token);
  const { id } = (await rest.get(Routes.currentApplication())) as { id: string };
  const path = guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id);
  return (await rest.put(path, { body })) as APIApplicationCommand[];
}

function names(preview: Preview): string[] {
  return preview.user.commands(SEED.papers).map(({ name }) => name);
}

test('registering again replaces all, and keeps the ids of those that stay', async () => {
  const preview = await openPreview();
  const [, kept] = await register(preview, [command('a'), command('b')]);
  const [changed] = await register(preview, [command('b', { description: 'new' }), command('c')]);
  expect(names(preview)).toEqual(['b', 'c']);
  expect(changed?.id).toBe(kept?.id);
  expect(changed?.version).not.toBe(kept?.version);
});

test('commands of one server are offered there alone, and never in direct messages', async () => {
  const preview = await openPreview();
  const { id, channelId } = preview.world.addServer('Another');
  await register(preview, [command('here')], id);
  expect(preview.user.commands(channelId)).toMatchObject([{ name: 'here', guild_id: id }]);
  expect(names(preview)).toEqual([]);
  expect(preview.user.commands(preview.user.directMessages)).toEqual([]);
});

test('commands keep to their contexts', async () => {
  const preview = await openPreview();
  await register(preview, [command('server', { contexts: [0] }), command('direct', { contexts: [1] })]);
  expect(names(preview)).toEqual(['server']);
  expect(preview.user.commands(preview.user.directMessages).map(({ name }) => name)).toEqual(['direct']);
});

test('a hundred commands are the most', async () => {
  const preview = await openPreview();
  const many = Array.from({ length: 101 }, (_, index) => command(`c${index}`));
  await expect(register(preview, many)).rejects.toMatchObject({ code: 30032 });
  await register(preview, many.slice(1));
});

test('two hundred new commands a day are the most', async () => {
  let now = Date.now();
  const preview = await openPreview({ clock: () => new Date(now) });
  await register(preview, batch('a'));
  await register(preview, batch('b'));
  await register(preview, batch('b'));
  await expect(register(preview, batch('c'))).rejects.toMatchObject({ code: 30034 });
  now += 24 * 3_600_000 + 1;
  await register(preview, batch('c'));
});

test('a refusal names the command and the field', async () => {
  const preview = await openPreview();
  await expect(register(preview, [command('ok'), command('Not ok')])).rejects.toMatchObject({
    code: 50035,
    rawError: { errors: { 1: { name: { _errors: [{ code: 'APPLICATION_COMMAND_INVALID_NAME' }] } } } },
  });
  expect(names(preview)).toEqual([]);
});

test('an application that only users installed has five follow-ups', async () => {
  const { preview, errors } = await startBot(
    {
      async command(interaction) {
        await interaction.reply('0');
        for (let count = 1; count <= 6; count += 1) await interaction.followUp(String(count));
      },
    },
    {
      commands: [
        {
          ...ECHO,
          integration_types: [ApplicationIntegrationType.UserInstall],
          contexts: [InteractionContextType.PrivateChannel],
        },
      ],
    },
  );
  preview.user.installed = true;
  const group = preview.world.addPrivateChannel([preview.user]);
  await preview.user.command(group, 'echo');
  await expect.poll(() => errors).toMatchObject([{ code: 40094 }]);
  expect(preview.world.messages(group)).toHaveLength(6);
});
