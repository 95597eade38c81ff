import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { defineCommand, type PressRequest, type PressResult, type Services } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { pageIn } from '../src/discord/render/paging.ts';
import { enableDestination } from '../src/store/disabled-destinations.ts';
import { unsavePaper } from '../src/store/saved-papers.ts';
import { inboxPage, VIEWS } from './shared/inbox-page.ts';
import { savePapers } from './shared/save-papers.ts';

const viewIn = z.enum(VIEWS).catch('came');

export const inbox = defineCommand({
  declaration: slashCommand({
    name: 'inbox',
    description: 'The papers that came for you, and those you saved',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'show',
        description: 'Which papers (those that came by default)',
        choices: [
          { name: 'What came for me', value: 'came' },
          { name: 'What I saved', value: 'saved' },
        ],
      },
    ],
  }),
  options: z.object({ show: z.enum(VIEWS).default('came') }),
  isPrivate: () => true,

  async run(request, services) {
    return { ...(await inboxPage(request.options.show, 0, request, services)), private: true };
  },

  /** Everybody sees their own inbox, whoever's message the button was on. */
  async press(request, services) {
    const [action, first, second] = request.action;
    if (action === 'save')
      return { reply: { ...(await savePapers([Number(first)], request, services)), private: true } };
    if (action === 'unsave') {
      await unsavePaper(services.db, request.reader.id, Number(request.values[0]) || 0);
      return shown(request, 'saved', first, services);
    }
    if (action === 'again') await enableDestination(services.db, { kind: 'user', id: request.reader.id });
    return shown(request, first, second, services);
  },
});

async function shown(
  request: PressRequest,
  view: string | undefined,
  page: string | undefined,
  services: Services,
): Promise<PressResult> {
  const reply = await inboxPage(viewIn.parse(view), pageIn(page), request, services);
  return request.ownerId === request.reader.id ? { update: reply } : { reply: { ...reply, private: true } };
}
