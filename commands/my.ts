import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { defineCommand } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { count } from '../src/discord/render/count.ts';
import { dataOf, type ReaderData } from '../src/store/forget.ts';

export const my = defineCommand({
  declaration: slashCommand({
    name: 'my',
    description: 'What Paperboy keeps about you',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'data',
        description: 'Everything that is kept about you, as a file',
      },
    ],
  }),
  options: z.object({}),
  isPrivate: () => true,

  async run({ reader }, { db, mention }) {
    const data = await dataOf(db, reader.id);
    const file = { name: 'paperboy-data.json', data: Buffer.from(`${JSON.stringify(data, null, 2)}\n`) };
    const content = `${summary(data)} ${mention('forget me')} deletes all of it.`;
    return { private: true, content, files: [{ ...file, description: 'Everything Paperboy keeps about you' }] };
  },
});

function summary({ settings, topics, setUp, caught, saved, messages }: ReaderData): string {
  const isEmpty = topics.length + caught.length + saved.length + messages.length + setUp.topics.length === 0;
  if (isEmpty && settings.timezone === null && settings.quiet === null && setUp.summaryIds.length === 0) {
    return 'Nothing is kept about you, and the file says so.';
  }
  const parts = [
    count(topics.length, 'topic'),
    `${count(caught.length, 'paper')} that came for you`,
    `${saved.length.toLocaleString('en')} saved`,
    count(messages.length, 'message'),
  ];
  return `This is all that is kept about you: ${parts.join(', ')}, and your settings.`;
}
