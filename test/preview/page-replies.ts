import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  EmbedBuilder,
  LabelBuilder,
  MediaGalleryBuilder,
  MediaGalleryItemBuilder,
  MessageFlags,
  ModalBuilder,
  SectionBuilder,
  SeparatorBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
  type Client,
} from 'discord.js';

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

/** Every mark of Discord's Markdown, and text that would be dangerous as HTML. */
export function markdownSample(client: Client): string {
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

/** A select of several, and one of people. */
export function choices() {
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

/** A picture and a file. */
export function helpWithFile() {
  const picture = new AttachmentBuilder(Buffer.from(PIXEL, 'base64'), {
    name: 'chart.png',
    description: 'A green chart',
  });
  const list = new AttachmentBuilder(Buffer.from('{"id":1}\n'), { name: 'topics.jsonl' });
  return { content: 'I find papers.', files: [picture, list] };
}

/** A form with two texts and a choice. */
export function noteForm(): ModalBuilder {
  const title = new TextInputBuilder().setCustomId('title').setStyle(TextInputStyle.Short).setMaxLength(30);
  const text = new TextInputBuilder().setCustomId('text').setStyle(TextInputStyle.Paragraph).setRequired(false);
  const colour = new StringSelectMenuBuilder()
    .setCustomId('colour')
    .setRequired(false)
    .setMinValues(0)
    .addOptions(['Red', 'Green'].map((label) => ({ label, value: label.toLowerCase() })));
  return new ModalBuilder()
    .setCustomId('note')
    .setTitle('A note for later')
    .addLabelComponents(
      new LabelBuilder().setLabel('Title').setDescription('In a few words').setTextInputComponent(title),
      new LabelBuilder().setLabel('Text').setTextInputComponent(text),
      new LabelBuilder().setLabel('Colour').setStringSelectMenuComponent(colour),
    );
}

/** A message made of components alone. */
export function layout() {
  const section = new SectionBuilder()
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('## Scaling laws\nLoss falls as a **power law**.'))
    .setButtonAccessory(new ButtonBuilder().setCustomId('page:1').setLabel('Read').setStyle(ButtonStyle.Secondary));
  const gallery = new MediaGalleryBuilder().addItems(
    new MediaGalleryItemBuilder().setURL('https://example.org/chart.png').setDescription('A chart'),
  );
  const container = new ContainerBuilder()
    .setAccentColor(0xe0a13a)
    .addSectionComponents(section)
    .addSeparatorComponents(new SeparatorBuilder())
    .addMediaGalleryComponents(gallery)
    .addTextDisplayComponents(new TextDisplayBuilder().setContent('-# From 2020'));
  return { flags: MessageFlags.IsComponentsV2 as const, components: [container] };
}
