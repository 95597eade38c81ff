import { ApplicationCommandOptionType, Client, GatewayIntentBits, type ChatInputCommandInteraction } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { startPreview, type Preview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function start(): Promise<{ preview: Preview; client: Client<true> }> {
  const preview = await startPreview({ port: 0 });
  open.push(() => preview.close());
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: preview.apiUrl } });
  open.push(() => client.destroy());
  const ready = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(preview.token);
  await ready;
  return { preview, client: client as Client<true> };
}

test('a command is registered, run and answered', async () => {
  const { preview, client } = await start();
  await client.application.commands.set([
    {
      name: 'echo',
      description: 'Says it again',
      options: [{ name: 'text', description: 'What', type: ApplicationCommandOptionType.String, required: true }],
    },
  ]);
  client.on('interactionCreate', (interaction) => {
    const command = interaction as ChatInputCommandInteraction;
    void command.reply({ content: command.options.getString('text', true), withResponse: true });
  });
  const answer = await preview.user.command(SEED.papers, 'echo', { text: 'hello' });
  expect(answer.content).toBe('hello');
  expect(client.guilds.cache.size).toBe(1);
});
