import { z } from 'zod';
import {
  type Command,
  defineCommand,
  type Reply,
  type Request,
  type Services,
  type SuggestRequest,
} from '../../src/discord/command.ts';
import { timeChoices, whenChoices } from '../shared/topic-when.ts';
import { zoneChoices, zoneOf } from '../shared/topic-zone.ts';
import { pauseSummary, postSummary, resumeSummary, stopQuestion } from './actions.ts';
import { summariesHere, summaryChoices, summaryMeant } from './choose.ts';
import { type Period, summaryDeclaration } from './declaration.ts';
import { previewSummary } from './preview.ts';
import { setSummary } from './set.ts';
import { showSummaries } from './show.ts';
import { topicsChoices } from './topics-option.ts';

const text = z.string().optional();
const which = { summary: text };

const options = z.discriminatedUnion('subcommand', [
  z.object({
    subcommand: z.literal('set'),
    channel: z.string(),
    time: z.string(),
    timezone: text,
    days: text,
    day: text,
    topics: text,
    size: z.enum(['short', 'normal', 'full']).optional(),
    mention: text,
    no_mention: z.boolean().optional(),
    minimum: z.number().int().min(1).max(100).optional(),
    empty: z.enum(['say why', 'silent']).optional(),
    tag: text,
  }),
  z.object({ subcommand: z.literal('show') }),
  z.object({ subcommand: z.literal('preview'), ...which }),
  z.object({ subcommand: z.literal('now'), ...which }),
  z.object({ subcommand: z.literal('pause'), ...which }),
  z.object({ subcommand: z.literal('resume'), ...which }),
  z.object({ subcommand: z.literal('stop'), ...which }),
]);

/** `/daily` or `/weekly`; `press` is for the one whose name the buttons of both begin with. */
export function summaryCommand(period: Period, press?: Command['press']): Command {
  return defineCommand({
    declaration: summaryDeclaration(period),
    options,
    isPrivate: () => true,
    run: ({ options: asked, ...request }, services) => answer(period, asked, request, services),
    suggest: (request, services) => suggest(period, request, services),
    ...(press && { press }),
  });
}

async function answer(
  period: Period,
  asked: z.infer<typeof options>,
  request: Request,
  services: Services,
): Promise<Reply> {
  if (asked.subcommand === 'set') return setSummary(period, asked, request, services);
  if (asked.subcommand === 'show') return showSummaries(period, request, services);
  const summary = await summaryMeant(period, asked.summary, request, services);
  switch (asked.subcommand) {
    case 'preview':
      return previewSummary(summary, services);
    case 'now':
      return postSummary(summary, request, services);
    case 'pause':
      return pauseSummary(summary, request, services);
    case 'resume':
      return resumeSummary(summary, request, services);
    default:
      return stopQuestion(summary);
  }
}

async function suggest(period: Period, request: SuggestRequest, services: Services) {
  const { focused, options: given, reader, guildId } = request;
  switch (focused.name) {
    case 'summary':
      return summaryChoices(focused.value, await summariesHere(period, request, services), services);
    case 'time':
      return timeChoices(focused.value);
    case 'timezone':
      return zoneChoices(focused.value, await zoneOf(reader.id, services), services.clock());
    case 'topics':
      return topicsChoices(services.db, guildId ?? '', focused.value);
    case 'tag':
      return tagChoices(given['channel'], focused.value, services);
    default:
      return dayChoices(period, focused.value);
  }
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const SETS_OF_DAYS = ['daily', 'weekdays', 'Mondays and Thursdays', 'Tuesdays, Thursdays and Saturdays', 'weekends'];

/** What is typed comes first where it names days, because Discord takes that on Enter. */
function dayChoices(period: Period, typed: string) {
  const wanted = typed.trim().toLowerCase();
  const common = period === 'daily' ? SETS_OF_DAYS : DAYS;
  const meant = period === 'daily' && wanted && whenChoices(`${typed} at 9`, 'UTC').length > 0 ? [typed.trim()] : [];
  const names = [...meant, ...common.filter((name) => name.toLowerCase().startsWith(wanted))];
  return [...new Set(names)].map((name) => ({ name, value: name }));
}

async function tagChoices(channelId: unknown, typed: string, services: Services) {
  const channel = typeof channelId === 'string' ? await services.channel(channelId) : null;
  const wanted = typed.trim().toLowerCase();
  return (channel?.tags ?? [])
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ name }) => ({ name, value: name }));
}
