import {
  ApplicationCommandOptionType as Type,
  ChannelType,
  Client,
  Events,
  GatewayIntentBits,
  InteractionContextType,
  MessageFlags,
  type ChatInputCommandInteraction,
  type Interaction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Preview } from '../../src/preview/preview.ts';
import { choices, helpWithFile, layout, markdownSample, noteForm, results } from './page-replies.ts';

/** Commands that make a bot say everything that the page can show. */
const COMMANDS: RESTPostAPIChatInputApplicationCommandsJSONBody[] = [
  {
    name: 'search',
    description: 'Search the papers',
    options: [
      { name: 'query', description: 'Words to look for', type: Type.String, required: true, autocomplete: true },
      {
        name: 'sort',
        description: 'What comes first',
        type: Type.String,
        choices: [
          { name: 'Best match', value: 'best' },
          { name: 'Newest', value: 'newest' },
        ],
      },
      { name: 'count', description: 'Papers on a page', type: Type.Integer, min_value: 1, max_value: 10 },
      { name: 'private', description: 'Only you see the answer', type: Type.Boolean },
    ],
  },
  { name: 'today', description: 'What the newest digest brought' },
  { name: 'help', description: 'What the bot does here' },
  {
    name: 'topics',
    description: 'Topics you follow',
    options: [
      {
        name: 'add',
        description: 'Follow a topic',
        type: Type.Subcommand,
        options: [
          { name: 'words', description: 'What to follow', type: Type.String, required: true, max_length: 20 },
          {
            name: 'where',
            description: 'Where to be told',
            type: Type.Channel,
            channel_types: [ChannelType.GuildText],
          },
        ],
      },
      { name: 'list', description: 'The topics you follow', type: Type.Subcommand },
      {
        name: 'edit',
        description: 'Change a topic',
        type: Type.Subcommand,
        options: [
          { name: 'topic', description: 'Which topic', type: Type.String, required: true, autocomplete: true },
          { name: 'mention', description: 'A role to mention', type: Type.Role },
          { name: 'weeks', description: 'For how long', type: Type.Integer, autocomplete: true },
        ],
      },
    ],
  },
  {
    name: 'daily',
    description: 'The papers of each day',
    options: [
      { name: 'channel', description: 'Where', type: Type.Channel, required: true },
      { name: 'time', description: 'When', type: Type.String, required: true },
    ],
  },
  { name: 'slow', description: 'Answers after a while' },
  { name: 'silent', description: 'Never answers' },
  { name: 'long', description: 'Sends more than Discord takes' },
  { name: 'note', description: 'Opens a form' },
  { name: 'layout', description: 'Components alone' },
  { name: 'setup', description: 'For servers alone', contexts: [InteractionContextType.Guild] },
];

export interface PageBot {
  client: Client;
  /** Options of the last `/search`, by name. */
  searched: Record<string, unknown>[];
  /** Texts of the forms that were sent. */
  notes: string[];
  /** Words for which suggestions were asked. */
  suggested: string[];
  close(): Promise<void>;
}

/** Logs a discord.js client in to a preview and answers there. */
export async function startPageBot(preview: Preview): Promise<PageBot> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: preview.apiUrl } });
  const bot: PageBot = { client, searched: [], notes: [], suggested: [], close: () => client.destroy() };
  client.on(Events.InteractionCreate, (interaction) => void answer(bot, interaction).catch(() => {}));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(preview.token);
  await ready;
  await client.application?.commands.set(COMMANDS);
  return bot;
}

async function answer(bot: PageBot, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const { name, value: typed } = interaction.options.getFocused(true);
    bot.suggested.push(typed);
    if (name === 'weeks') {
      const topic = interaction.options.getString('topic') ?? 'nothing';
      await interaction.respond([1, 2].map((weeks) => ({ name: `${typed}${weeks} weeks of ${topic}`, value: weeks })));
      return;
    }
    const titles = ['Diffusion Models Beat GANs', 'Scaling Laws', 'Attention Is All You Need'];
    const fitting = titles.filter((title) => title.toLowerCase().includes(typed.toLowerCase()));
    await interaction.respond(fitting.map((title) => ({ name: title, value: title })));
    return;
  }
  if (interaction.isChatInputCommand()) return answerCommand(bot, interaction);
  if (interaction.isModalSubmit()) {
    const fields = ['title', 'text'].map((id) => interaction.fields.getTextInputValue(id));
    bot.notes.push([...fields, ...interaction.fields.getStringSelectValues('colour')].join(' / '));
    await interaction.reply({ content: `Kept: **${fields[0]}**`, flags: MessageFlags.Ephemeral });
    return;
  }
  if (interaction.isStringSelectMenu() && interaction.customId === 'many') {
    await interaction.reply({ content: `Chosen: ${interaction.values.join(', ')}`, flags: MessageFlags.Ephemeral });
  } else if (interaction.isStringSelectMenu()) {
    await interaction.update({ content: `Opened ${interaction.values.join()}`, embeds: [], components: [] });
  } else if (interaction.isButton() && interaction.customId.startsWith('page:')) {
    await interaction.update(results('diffusion', Number(interaction.customId.slice(5))));
  }
}

async function answerCommand(bot: PageBot, interaction: ChatInputCommandInteraction): Promise<void> {
  switch (interaction.commandName) {
    case 'search': {
      const { options } = interaction;
      const query = options.getString('query', true);
      const isPrivate = options.getBoolean('private') ?? false;
      bot.searched.push({
        query,
        sort: options.getString('sort'),
        count: options.getInteger('count'),
        private: isPrivate,
      });
      const flags = isPrivate ? { flags: MessageFlags.Ephemeral as const } : {};
      await interaction.reply({ ...results(query, 1), ...flags });
      return;
    }
    case 'slow':
      await interaction.deferReply();
      await new Promise((resolve) => setTimeout(resolve, 400));
      await interaction.editReply('Here I am');
      return;
    case 'note':
      await interaction.showModal(noteForm());
      return;
    case 'long':
      await interaction.reply({ embeds: [{ title: 'x'.repeat(300) }] });
      return;
    case 'today':
      await interaction.reply({ content: markdownSample(bot.client), ...choices() });
      return;
    case 'help':
      await interaction.reply(helpWithFile());
      return;
    case 'layout':
      await interaction.reply(layout());
      return;
    case 'topics': {
      if (interaction.options.getSubcommand() === 'edit') {
        const { options } = interaction;
        const role = options.getRole('mention')?.id ?? '0';
        await interaction.reply(`${options.getString('topic')} tells <@&${role}> for ${options.getInteger('weeks')}`);
        return;
      }
      const where = interaction.options.getChannel('where');
      await interaction.reply(`Following ${interaction.options.getString('words')} in <#${where?.id ?? 0}>`);
      return;
    }
    default:
  }
}
