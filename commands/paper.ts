import { ApplicationCommandOptionType, userMention } from 'discord.js';
import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import type { Paper } from '../src/core/paper.ts';
import { defineCommand, type PressRequest, type PressResult } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { paperCard } from '../src/discord/render/card.ts';
import { titleChoices } from './shared/choices.ts';
import { findPaperFor } from './shared/find-paper.ts';
import { notOnePaper } from './shared/not-one-paper.ts';
import { paperWithId } from './shared/paper-with-id.ts';
import { emptyArchive } from './shared/results-page.ts';

export const paper = defineCommand({
  declaration: slashCommand({
    name: 'paper',
    description: 'Read one paper: abstract, links, where it appeared, similar papers',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'title',
        description: 'Its title or words of it, an arXiv id, or an address at arXiv or Hugging Face',
        required: true,
        autocomplete: true,
        max_length: 500,
      },
    ],
  }),
  options: z.object({ title: z.string().trim().min(1, 'type a title, an arXiv id or an address') }),
  isPrivate: () => true,

  async run({ options: { title }, direct }, services) {
    if (services.search.size === 0) return { ...(await emptyArchive(services)), private: true };
    const found = await findPaperFor(title, services);
    const reply = found.kind === 'paper' ? paperCard(found.paper, shareIn(direct)) : notOnePaper(found, title);
    return { ...reply, private: true };
  },

  async suggest({ focused }, services) {
    return titleChoices(focused.value, services);
  },

  async press(request, services): Promise<PressResult> {
    const [action, id] = request.action;
    if (action !== 'open') return share(await paperWithId(id, services), request);
    const opened = await paperWithId(request.values[0], services);
    return { reply: { ...paperCard(opened, shareIn(request.direct)), private: true } };
  },
});

/** Posts the card for everybody, and remembers on the reader's own that it was. */
function share(shared: Paper, { reader, mayPost }: PressRequest): PressResult {
  if (!mayPost) throw new UserError('You cannot write in this channel, so you cannot share here either.');
  return {
    update: paperCard(shared, 'done'),
    followUp: { content: `${userMention(reader.id)} shares a paper:`, ...paperCard(shared, 'none') },
  };
}

/** With the bot alone there is nobody to share with. */
function shareIn(direct: boolean) {
  return direct ? 'none' : 'offered';
}
