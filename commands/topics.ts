import { z } from 'zod';
import { UserError } from '../src/core/errors.ts';
import {
  defineCommand,
  type PressRequest,
  type PressResult,
  type Reply,
  type Request,
  type Services,
} from '../src/discord/command.ts';
import { pageIn, turn } from '../src/discord/render/paging.ts';
import { titleChoices } from './shared/choices.ts';
import { changeableTopics, topicChoices, topicWithId, visibleTopics } from './shared/topic-choices.ts';
import { checkMayChange } from './shared/topic-rights.ts';
import { suggestForTopic } from './shared/topic-suggest.ts';
import { untilChoices } from './shared/topic-until.ts';
import { timeChoices } from './shared/topic-when.ts';
import { zoneOf } from './shared/topic-zone.ts';
import { pressAlert, pressChoice } from './topics/alert-buttons.ts';
import { topicCard } from './topics/card.ts';
import { declaration } from './topics/declaration.ts';
import { editTopic, pressEdit } from './topics/edit.ts';
import { exportTopics } from './topics/export.ts';
import { pauseTopic, pressHold, resumeTopic, snoozeTopic } from './topics/hold.ts';
import { importTopics, pressImport } from './topics/import.ts';
import { pressExclude } from './topics/less.ts';
import { topicList } from './topics/list.ts';
import { quiet } from './topics/quiet.ts';
import { pressRemove, removeTopic } from './topics/remove.ts';
import { pressStarter, starterPage } from './topics/starter.ts';
import { why } from './topics/why.ts';

const topic = z.string();
const text = z.string().optional();
const told = z.enum(['message', 'inbox']).optional();

const options = z.discriminatedUnion('subcommand', [
  z.object({ subcommand: z.literal('list') }),
  z.object({
    subcommand: z.literal('edit'),
    topic,
    query: text,
    name: text,
    where: text,
    told,
    when: text,
    timezone: text,
    mention: text,
    no_mention: z.boolean().optional(),
  }),
  z.object({ subcommand: z.literal('pause'), topic }),
  z.object({ subcommand: z.literal('resume'), topic }),
  z.object({ subcommand: z.literal('snooze'), topic, until: z.string() }),
  z.object({ subcommand: z.literal('remove'), topic }),
  z.object({ subcommand: z.literal('why'), paper: z.string(), topic: text }),
  z.object({ subcommand: z.literal('starter') }),
  z.object({ subcommand: z.literal('quiet'), from: text, until: text, timezone: text, off: z.boolean().optional() }),
  z.object({ subcommand: z.literal('export'), of: z.enum(['mine', 'server']).default('mine') }),
  z.object({ subcommand: z.literal('import'), where: text }),
]);

export const topics = defineCommand({
  declaration,
  options,
  isPrivate: () => true,

  async run({ options: asked, ...request }, services) {
    return { ...(await answer(asked, request, services)), private: true };
  },

  async suggest(request, services) {
    const { focused, options: typed, reader } = request;
    if (focused.name === 'paper') return titleChoices(focused.value, services);
    if (focused.name === 'topic') {
      const offered = typed['subcommand'] === 'why' ? visibleTopics : changeableTopics;
      return topicChoices(focused.value, await offered(request, services), services);
    }
    if (typed['subcommand'] === 'quiet' && focused.name !== 'timezone') return timeChoices(focused.value);
    if (focused.name === 'until') {
      return untilChoices(focused.value, services.clock(), await zoneOf(reader.id, services));
    }
    return suggestForTopic(request, services);
  },

  press,
});

async function answer(asked: z.infer<typeof options>, request: Request, services: Services): Promise<Reply> {
  switch (asked.subcommand) {
    case 'list':
      return topicList(0, request, services);
    case 'edit': {
      const { subcommand: _, topic: name, ...change } = asked;
      return editTopic(name, change, request, services);
    }
    case 'pause':
      return pauseTopic(asked.topic, request, services);
    case 'resume':
      return resumeTopic(asked.topic, request, services);
    case 'snooze':
      return snoozeTopic(asked.topic, asked.until, request, services);
    case 'remove':
      return removeTopic(asked.topic, request, services);
    case 'why':
      return why(asked.paper, asked.topic, request, services);
    case 'starter':
      return starterPage();
    case 'quiet':
      return quiet(asked, request, services);
    case 'export':
      return exportTopics(asked.of, request, services);
    default:
      return importTopics(asked.where, request, services);
  }
}

/** Every button, select and form that begins with `topics`. */
async function press(request: PressRequest, services: Services): Promise<PressResult> {
  const [action = ''] = request.action;
  switch (action) {
    case 'why':
    case 'less':
    case 'pause':
    case 'save':
    case 'all':
      return pressAlert(request, services);
    case 'why-of':
    case 'less-of':
    case 'save-of':
    case 'pause-of':
      return pressChoice(request, services);
    case 'exclude':
      return pressExclude(request, services);
    case 'edit':
    case 'edited':
    case 'refine':
    case 'refined':
    case 'apply':
    case 'leave':
      return pressEdit(request, services);
    case 'resume':
    case 'snooze':
      return pressHold(action, request, services);
    case 'remove':
    case 'removed':
    case 'keep':
      return pressRemove(request, services);
    case 'paste':
    case 'pasted':
    case 'take':
    case 'stop':
      return pressImport(request, services);
    case 'starters':
      return { reply: { ...starterPage(), private: true } };
    case 'starter':
      return pressStarter(request, services);
    case 'list':
      return turn(request, await topicList(pageIn(request.action[1]), request, services));
    case 'open':
    case 'card':
      return openCard(request, services);
    default:
      throw new UserError('This button is from an older version. Run /topics list again.');
  }
}

async function openCard(request: PressRequest, services: Services): Promise<PressResult> {
  const opened = await topicWithId(request.values[0] ?? request.action[1], services);
  await checkMayChange(opened, request, services);
  return { reply: { ...(await topicCard(opened, request, services)), private: true } };
}
