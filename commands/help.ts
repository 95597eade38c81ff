import { z } from 'zod';
import { defineCommand, type Services } from '../src/discord/command.ts';
import { customId } from '../src/discord/custom-id.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { COLOURS } from '../src/discord/render/colours.ts';
import { button, row } from '../src/discord/render/components.ts';
import { count } from '../src/discord/render/count.ts';
import { keepState } from '../src/store/button-states.ts';
import type { Asked } from './shared/results.ts';

/** One a kind: words, a phrase, an exclusion, a field. */
const EXAMPLES = ['reasoning in language models', '"reinforcement learning"', 'diffusion -video', 'title:attention'];

export const help = defineCommand({
  declaration: slashCommand({ name: 'help', description: 'What Paperboy does, with examples to press' }),
  options: z.object({}),
  isPrivate: () => true,

  async run({ guildId, direct }, services) {
    const { mention, search } = services;
    const where = guildId ? 'this server' : direct ? 'our messages' : 'this chat';
    const embed = {
      color: COLOURS.papers,
      title: 'Paperboy brings research papers to chat',
      description: `It reads daily lists of machine-learning papers and answers in ${where}. ${count(search.size, 'paper')} can be searched now.`,
      fields: [
        { name: 'Find', value: find(mention) },
        { name: 'Read', value: read(mention, direct) },
        { name: 'Follow', value: follow(mention, guildId !== null) },
        { name: 'How to ask', value: LANGUAGE },
        { name: 'Try one', value: direct ? 'Press an example.' : 'Press an example; only you will see the answer.' },
      ],
    };
    return { private: true, embeds: [embed], components: [await examples(services)] };
  },
});

function find(mention: Services['mention']): string {
  return `${mention('search')} by words, phrases, authors, organisations or dates.\n${mention('today')} for the papers of the newest digest, or of any day.\n${mention('trends')} for how often terms appear, and what is rising.`;
}

function read(mention: Services['mention'], direct: boolean): string {
  const share = direct ? '' : ' Only you see it until you share it.';
  return `${mention('paper')} for one paper: abstract, links, where it appeared.${share}\n${mention('related')} for papers like one paper.\n${mention('status')} for what is in the archive, and when more comes.`;
}

function follow(mention: Services['mention'], inServer: boolean): string {
  const channels = inServer ? ' Whoever manages a channel can have it told there.' : '';
  return [
    `${mention('subscribe')} to be told of new papers on a subject, at once or at your hour.${channels}`,
    `${mention('topics list')} for what you follow, ${mention('topics starter')} for ready topics, ${mention('topics quiet')} for hours without messages.`,
    `${mention('inbox')} for what came and what you saved.`,
    ...(inServer
      ? [`${mention('daily show')} for the daily post of a channel, ${mention('weekly show')} for the weekly one.`]
      : []),
    `${mention('my data')} for all that is kept about you, ${mention('forget me')} to delete it.`,
  ].join('\n');
}

const LANGUAGE = [
  '`"image editing"` these words, one after the other',
  '`-video` nothing with this word, `lora OR adapters` either',
  '`author:hinton` `org:google` `title:attention` only there',
  '`since:2025-03` `until:2025` by date',
].join('\n');

/** Buttons that search; the search command answers them, for the presser alone. */
async function examples({ db, clock }: Services) {
  const buttons = await Promise.all(
    EXAMPLES.map(async (query) => {
      const ask: Asked = { query, sort: 'relevance', since: null };
      return button(customId('search', 'show', await keepState(db, ask, clock())), query);
    }),
  );
  return row(...buttons);
}
