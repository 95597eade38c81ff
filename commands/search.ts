import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { dayInZone } from '../src/core/dates.ts';
import { UserError } from '../src/core/errors.ts';
import { defineCommand, type PressRequest, type Services } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { pageIn, turn } from '../src/discord/render/paging.ts';
import { findState } from '../src/store/button-states.ts';
import { queryChoices } from './shared/choices.ts';
import { asked, type Asked } from './shared/results.ts';
import { resultsPage } from './shared/results-page.ts';
import { parseSince, sinceChoices } from './shared/since.ts';

export const search = defineCommand({
  declaration: slashCommand({
    name: 'search',
    description: 'Find papers by words, "phrases", authors, organisations or dates',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'query',
        description: 'For example: diffusion "image editing" -video org:google',
        required: true,
        autocomplete: true,
        max_length: 1000,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'since',
        description: 'Only papers from then on: 2025, 2025-03, 7d, last month',
        autocomplete: true,
        max_length: 40,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'sort',
        description: 'What comes first (best match by default)',
        choices: [
          { name: 'Best match', value: 'relevance' },
          { name: 'Newest', value: 'newest' },
          { name: 'Most discussed', value: 'discussed' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'private',
        description: 'Show the results to you alone (no by default)',
      },
    ],
  }),
  options: z.object({
    query: z.string().trim().min(1, 'type what to look for, for example: diffusion models'),
    since: z.string().optional(),
    sort: asked.shape.sort.default('relevance'),
    private: z.boolean().default(false),
  }),
  isPrivate: (options) => options.private,

  async run({ options }, services) {
    const since = options.since?.trim() ? parseSince(options.since, today(services)) : null;
    const ask: Asked = { query: options.query, sort: options.sort, since };
    return { ...(await resultsPage(ask, 0, services)), private: options.private };
  },

  async suggest({ focused }, services) {
    return focused.name === 'since'
      ? sinceChoices(focused.value, today(services))
      : queryChoices(focused.value, services);
  },

  /** `page` turns to a page of a search, `show` answers with its first page privately. */
  async press(request, services) {
    const page = await resultsPage(await rememberedSearch(request, services), pageIn(request.action[2]), services);
    return request.action[0] === 'page' ? turn(request, page) : { reply: { ...page, private: true } };
  },
});

function today({ clock, timezone }: Services): string {
  return dayInZone(clock(), timezone);
}

async function rememberedSearch({ action }: PressRequest, { db }: Services): Promise<Asked> {
  const state = asked.safeParse(await findState(db, action[1] ?? ''));
  if (!state.success) throw new UserError('This search is too old to go on with. Run it again with /search.');
  return state.data;
}
