import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { defineCommand } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { pageIn, turn } from '../src/discord/render/paging.ts';
import { titleChoices } from './shared/choices.ts';
import { findPaperFor } from './shared/find-paper.ts';
import { notOnePaper } from './shared/not-one-paper.ts';
import { paperWithId } from './shared/paper-with-id.ts';
import { relatedPage, relatedSort } from './shared/related-page.ts';
import { emptyArchive } from './shared/results-page.ts';

export const related = defineCommand({
  declaration: slashCommand({
    name: 'related',
    description: 'Find papers like one paper',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'paper',
        description: 'Its title or words of it, an arXiv id, or an address at arXiv or Hugging Face',
        required: true,
        autocomplete: true,
        max_length: 500,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'sort',
        description: 'What comes first (most similar by default)',
        choices: [
          { name: 'Most similar', value: 'relevance' },
          { name: 'Newest', value: 'newest' },
          { name: 'Most discussed', value: 'discussed' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'private',
        description: 'Show the papers to you alone (no by default)',
      },
    ],
  }),
  options: z.object({
    paper: z.string().trim().min(1, 'type a title, an arXiv id or an address'),
    sort: relatedSort.default('relevance'),
    private: z.boolean().default(false),
  }),
  isPrivate: (options) => options.private,

  async run({ options }, services) {
    if (services.search.size === 0) return { ...(await emptyArchive(services)), private: true };
    const found = await findPaperFor(options.paper, services);
    if (found.kind !== 'paper') return { ...notOnePaper(found, options.paper), private: true };
    return { ...(await relatedPage(found.paper, options.sort, 0, services)), private: options.private };
  },

  async suggest({ focused }, services) {
    return titleChoices(focused.value, services);
  },

  /** `page` turns to a page of a list, `show` answers with its first page privately. */
  async press(request, services) {
    const [action, id, sort, page] = request.action;
    const paper = await paperWithId(id, services);
    const list = await relatedPage(paper, relatedSort.catch('relevance').parse(sort), pageIn(page), services);
    return action === 'page' ? turn(request, list) : { reply: { ...list, private: true } };
  },
});
