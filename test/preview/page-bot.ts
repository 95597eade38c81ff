import {
  ActionRowBuilder,
  ApplicationCommandOptionType as Type,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
  type ChatInputCommandInteraction,
  type Interaction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Preview } from '../../src/preview/preview.ts';

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
    ],
  },
  { name: 'slow', description: 'Answers after a while' },
  { name: 'silent', description: 'Never answers' },
  { name: 'long', description: 'Sends more than Discord takes' },
  { name: 'note', description: 'Opens a form' },
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
    const typed = interaction.options.getFocused();
    bot.suggested.push(typed);
    const titles = ['Diffusion Models Beat GANs', 'Scaling Laws', 'Attention Is All You Need'];
    const fitting = titles.filter((title) => title.toLowerCase().includes(typed.toLowerCase()));
    await interaction.respond(fitting.map((title) => ({ name: title, value: title })));
    return;
  }
  if (interaction.isChatInputCommand()) return answerCommand(bot, interaction);
  if (interaction.isModalSubmit()) {
    const fields = ['title', 'text'].map((id) => interaction.fields.getTextInputValue(id));
    bot.notes.push(fields.join(' / '));
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
      await interaction.reply({ content: markdownSample(bot), ...choices() });
      return;
    case 'help':
      await interaction.reply(helpWithFile());
      return;
    case 'topics':
      await interaction.reply(`Following ${interaction.options.getString('words') ?? 'nothing'}`);
      return;
    default:
  }
}

/** A page of results, as a search bot would send it. */
export function results(query: string, page: number) {
  const embed = new EmbedBuilder()
    .setColor(0x2f6f5e)
    .setTitle(`23 papers for “${query}”`)
    .setURL('https://arxiv.org/list/cs.LG')
    .setAuthor({ name: 'Paperboy' })
    .setDescription(
      `**1. [Diffusion Models Beat GANs on Image Synthesis](https://arxiv.org/abs/2105.05233)**\n` +
        `Prafulla Dhariwal, Alex Nichol · <t:1620691200:D> · 4 comments\n> …we show that **diffusion models** achieve image ` +
        `sample quality superior to the state of the art…\n\n**2. [Denoising Diffusion Probabilistic Models](https://arxiv.org/abs/2006.11239)**\n` +
        `Jonathan Ho and 2 others · <t:1592524800:D>\n> …a class of latent variable models inspired by nonequilibrium thermodynamics…`,
    )
    .addFields(
      { name: 'Page', value: `${page} of 3`, inline: true },
      { name: 'Sorted by', value: 'Best match', inline: true },
      { name: 'Took', value: '12 ms', inline: true },
    )
    .setFooter({ text: 'Newest digest' })
    .setTimestamp(new Date('2026-05-07T08:00:00Z'));
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder()
      .setCustomId('page:0')
      .setLabel('Previous')
      .setStyle(ButtonStyle.Secondary)
      .setDisabled(page < 2),
    new ButtonBuilder()
      .setCustomId(`page:${page + 1}`)
      .setLabel('Next')
      .setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('page:fail').setLabel('Similar').setEmoji('🔎').setStyle(ButtonStyle.Success),
    new ButtonBuilder().setCustomId('broken').setLabel('Remove').setStyle(ButtonStyle.Danger),
    new ButtonBuilder().setURL('https://huggingface.co/papers').setLabel('Open').setStyle(ButtonStyle.Link),
  );
  const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('open')
      .setPlaceholder('Open one paper')
      .addOptions(
        { label: 'Diffusion Models Beat GANs', value: 'one', description: '2021, Dhariwal and Nichol' },
        { label: 'Denoising Diffusion', value: 'two', description: '2020, Ho and others', emoji: '🖼️' },
      ),
  );
  return { embeds: [embed], components: [menu, buttons] };
}

function markdownSample({ client }: PageBot): string {
  const search = client.application?.commands.cache.find(({ name }) => name === 'search');
  return [
    '# Today',
    '## Five papers',
    '**Bold**, *italic*, __underlined__, ~~gone~~, ||a secret|| and `code`. \\*Not italic\\*',
    '- one',
    '- two',
    '  - deeper',
    '1. first',
    '> quoted text',
    '-# small print',
    '```py\nprint("<b>hello</b>")\n```',
    `[A link](https://arxiv.org/abs/1706.03762) and https://arxiv.org (bare), </search:${search?.id ?? 0}>, <@${client.user?.id ?? 0}>`,
    `<t:${Math.floor(Date.now() / 1000) - 7200}:R> <img src=x onerror=alert(1)> <script>alert(2)</script>`,
  ].join('\n');
}

function choices() {
  const menu = new StringSelectMenuBuilder()
    .setCustomId('many')
    .setPlaceholder('Choose topics')
    .setMinValues(1)
    .setMaxValues(2)
    .addOptions(['Vision', 'Language', 'Robots'].map((label) => ({ label, value: label.toLowerCase() })));
  const people = new UserSelectMenuBuilder().setCustomId('people').setPlaceholder('Choose a person');
  return {
    components: [
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu),
      new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(people),
    ],
  };
}

/** The smallest PNG: one green pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function helpWithFile() {
  const picture = new AttachmentBuilder(Buffer.from(PIXEL, 'base64'), {
    name: 'chart.png',
    description: 'A green chart',
  });
  const list = new AttachmentBuilder(Buffer.from('{"id":1}\n'), { name: 'topics.jsonl' });
  return { content: 'I find papers.', files: [picture, list] };
}

function noteForm(): ModalBuilder {
  const title = new TextInputBuilder().setCustomId('title').setStyle(TextInputStyle.Short).setMaxLength(30);
  const text = new TextInputBuilder().setCustomId('text').setStyle(TextInputStyle.Paragraph).setRequired(false);
  return new ModalBuilder()
    .setCustomId('note')
    .setTitle('A note for later')
    .addLabelComponents(
      new LabelBuilder().setLabel('Title').setDescription('In a few words').setTextInputComponent(title),
      new LabelBuilder().setLabel('Text').setTextInputComponent(text),
    );
}
