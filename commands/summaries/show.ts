import { channelMention, ComponentType } from 'discord.js';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { row } from '../../src/discord/render/components.ts';
import { scheduleWords } from '../../src/discord/render/topic-words.ts';
import type { Summary } from '../../src/store/summaries.ts';
import { mayManage } from '../shared/topic-rights.ts';
import { summaryCard, promise } from './card.ts';
import { summariesHere, summaryChoices } from './choose.ts';
import type { Period } from './declaration.ts';

/** The daily or weekly summaries of a server; one alone with all that is known of it. */
export async function showSummaries(period: Period, request: Request, services: Services): Promise<Reply> {
  const summaries = await summariesHere(period, request, services);
  const [only, ...others] = summaries;
  if (!only) return none(period, request, services);
  if (others.length === 0) return summaryCard(only, request, services);
  const lines = summaries.map((summary) => summaryLines(summary, services.clock()));
  const options = (await summaryChoices('', summaries, services)).map(({ name, value }) => ({ label: name, value }));
  const select = row({
    type: ComponentType.StringSelect,
    custom_id: customId('daily', 'card'),
    placeholder: 'Open one, to see its last posts or to change it',
    options,
  });
  return {
    private: true,
    embeds: [
      {
        color: COLOURS.papers,
        title: `${summaries.length} ${period} summaries`,
        description: lines.join('\n'),
      },
    ],
    components: mayManage(request) ? [select] : [],
  };
}

function summaryLines(summary: Summary, now: Date): string {
  const { channelId, schedule } = summary;
  return `${channelMention(channelId)}, ${scheduleWords(schedule)}\n-# ${promise(summary, now)}`;
}

function none(period: Period, request: Request, { mention }: Services): Reply {
  const how = mayManage(request)
    ? `${mention(`${period} set`)} sets one up: choose a channel and a time.`
    : 'Whoever may manage the server or its channels can set one up.';
  const what = period === 'daily' ? 'the new papers of each day' : 'the new papers of each week';
  const description = `It posts ${what} in a channel, grouped by theme, each with the sentence that says what was done. ${how}`;
  return { private: true, embeds: [{ color: COLOURS.notice, title: `No ${period} summary here`, description }] };
}
