import { ApplicationCommandOptionType, userMention } from 'discord.js';
import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import type { Paper } from '../src/core/paper.ts';
import {
  defineCommand,
  type PressRequest,
  type PressResult,
  type Reply,
  type Services,
} from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { LIMITS } from '../src/discord/fit.ts';
import { arxivUrl, huggingFaceUrl } from '../src/discord/links.ts';
import { link, plain } from '../src/discord/markdown.ts';
import { paperCard } from '../src/discord/render/card.ts';
import { COLOURS } from '../src/discord/render/colours.ts';
import { linkButton, row } from '../src/discord/render/components.ts';
import { openSelect, paperList } from '../src/discord/render/list.ts';
import { pageIn, turn } from '../src/discord/render/paging.ts';
import { findPaper } from '../src/store/papers.ts';
import { titleChoices } from './shared/choices.ts';
import { findPaperFor, type Found } from './shared/find-paper.ts';
import { emptyArchive } from './shared/results-page.ts';
import { similarPage } from './shared/similar.ts';

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
    if (services.search.size === 0) return { ...emptyArchive(services), private: true };
    return { ...answer(await findPaperFor(title, services), title, direct), private: true };
  },

  async suggest({ focused }, services) {
    return titleChoices(focused.value, services);
  },

  async press(request, services): Promise<PressResult> {
    const [action, id, page] = request.action;
    if (action === 'open') {
      const opened = await paperOf(request.values[0], services);
      return { reply: { ...paperCard(opened, shareIn(request.direct)), private: true } };
    }
    const pressed = await paperOf(id, services);
    if (action === 'share') return share(pressed, request);
    const similar = await similarPage(pressed, pageIn(page), services);
    return action === 'like' ? turn(request, similar) : { reply: { ...similar, private: true } };
  },
});

async function paperOf(id: string | undefined, { db }: Services): Promise<Paper> {
  const found = await findPaper(db, Number(id));
  if (!found) throw new UserError('This paper is not in the archive any more.');
  return found;
}

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

function answer(found: Found, text: string, direct: boolean): Reply {
  if (found.kind === 'paper') return paperCard(found.paper, shareIn(direct));
  if (found.kind === 'unknown id') return unknownId(found.arxivId);
  const { items, exact } = found;
  const head = exact ? 'Several papers have this title:' : 'No paper has that title. The nearest:';
  const title = plain(`Paper: ${text}`, LIMITS.title);
  if (items.length === 0) {
    return {
      embeds: [{ color: COLOURS.notice, title, description: 'No paper has that title, and none comes near it.' }],
    };
  }
  const description = `${head}\n\n${paperList(items, 1, LIMITS.description - head.length - 2)}`;
  const select = openSelect(
    items.map((item) => item.paper),
    1,
  );
  return { embeds: [{ color: COLOURS.papers, title, description }], components: select ? [select] : [] };
}

function unknownId(arxivId: string): Reply {
  const description = `No digest has shown ${link(`arXiv ${arxivId}`, arxivUrl(arxivId))} so far.`;
  return {
    embeds: [{ color: COLOURS.notice, title: 'Not in the archive', description }],
    components: [row(linkButton('arXiv', arxivUrl(arxivId)), linkButton('Hugging Face', huggingFaceUrl(arxivId)))],
  };
}
