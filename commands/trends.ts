import { ApplicationCommandOptionType as Type } from 'discord.js';
import { z } from 'zod';
import { defineCommand } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { SPANS, USUAL_SPAN } from '../src/summaries/trends.ts';
import { risingPage, termsPage } from './trends/page.ts';
import { termChoices, termsIn } from './trends/terms.ts';

export const trends = defineCommand({
  declaration: slashCommand({
    name: 'trends',
    description: 'How often terms appear in new papers over the weeks, and what is rising',
    options: [
      {
        type: Type.String,
        name: 'term',
        description: 'What to count; up to five with commas between them (what is rising by default)',
        autocomplete: true,
        max_length: 200,
      },
      {
        type: Type.Integer,
        name: 'weeks',
        description: `Over how many weeks (${USUAL_SPAN} by default)`,
        choices: SPANS.map((weeks) => ({ name: `${weeks} weeks`, value: weeks })),
      },
      {
        type: Type.String,
        name: 'theme',
        description: 'On which ground the chart is drawn (dark by default)',
        choices: [
          { name: 'Dark', value: 'dark' },
          { name: 'Light', value: 'light' },
        ],
      },
    ],
  }),
  options: z.object({
    term: z.string().optional(),
    weeks: z.number().int().min(8).max(52).default(USUAL_SPAN),
    theme: z.enum(['dark', 'light']).default('dark'),
  }),

  async run({ options: { term, weeks, theme } }, services) {
    const terms = termsIn(term ?? '');
    return terms.length > 0 ? termsPage(terms, weeks, theme, services) : risingPage(weeks, theme, services);
  },

  async suggest({ focused }, { search }) {
    return termChoices(focused.value, search);
  },
});
