import {
  ApplicationCommandOptionType,
  Client,
  Events,
  GatewayIntentBits,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type ModalSubmitInteraction,
  type RESTPostAPIApplicationCommandsJSONBody,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import { startPreview, type Preview, type PreviewOptions } from '../../src/preview/preview.ts';

/** What a bot of a test does with each kind of interaction. */
export interface Behaviour {
  command?: (interaction: ChatInputCommandInteraction) => Promise<unknown>;
  autocomplete?: (interaction: AutocompleteInteraction) => Promise<unknown>;
  button?: (interaction: ButtonInteraction) => Promise<unknown>;
  select?: (interaction: StringSelectMenuInteraction) => Promise<unknown>;
  form?: (interaction: ModalSubmitInteraction) => Promise<unknown>;
}

export interface Started {
  preview: Preview;
  client: Client<true>;
  /** What the bot's own calls were refused with. */
  errors: unknown[];
}

export const ECHO: RESTPostAPIApplicationCommandsJSONBody = {
  name: 'echo',
  description: 'Says it again',
  options: [{ type: ApplicationCommandOptionType.String, name: 'text', description: 'What to say' }],
};

/** Starts a preview that ends with the test. */
export async function openPreview(options: Partial<PreviewOptions> = {}): Promise<Preview> {
  const preview = await startPreview({ port: 0, rateLimited: false, ...options });
  onTestFinished(() => preview.close());
  return preview;
}

/** Logs the real client of discord.js in, and out when the test ends. */
export async function logIn(preview: Preview, token = preview.token): Promise<Client<true>> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: preview.apiUrl } });
  onTestFinished(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  return ready;
}

async function behave(behaviour: Behaviour, interaction: Interaction): Promise<unknown> {
  if (interaction.isChatInputCommand()) return behaviour.command?.(interaction);
  if (interaction.isAutocomplete()) return behaviour.autocomplete?.(interaction);
  if (interaction.isButton()) return behaviour.button?.(interaction);
  if (interaction.isStringSelectMenu()) return behaviour.select?.(interaction);
  return interaction.isModalSubmit() ? behaviour.form?.(interaction) : undefined;
}

/** Starts a preview and a bot in it with one command, `/echo` unless told otherwise. */
export async function startBot(
  behaviour: Behaviour,
  options: Partial<PreviewOptions> & { commands?: RESTPostAPIApplicationCommandsJSONBody[] } = {},
): Promise<Started> {
  const preview = await openPreview(options);
  const client = await logIn(preview);
  const errors: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    behave(behaviour, interaction).catch((error: unknown) => errors.push(error));
  });
  await client.application.commands.set(options.commands ?? [ECHO]);
  return { preview, client, errors };
}
