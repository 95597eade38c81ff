import { channelMention } from 'discord.js';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, dangerButton, row } from '../../src/discord/render/components.ts';
import { longDay } from '../../src/discord/render/days.ts';
import { nothingWords } from '../../src/discord/render/summary-words.ts';
import { scheduleWords } from '../../src/discord/render/topic-words.ts';
import { changeSummary, removeSummary, type Summary } from '../../src/store/summaries.ts';
import { type PostedNow, postNow } from '../../src/summaries/plan-summaries.ts';
import { postableChannel } from '../shared/postable-channel.ts';
import { summaryCard } from './card.ts';
import { summaryWorld } from './world.ts';

/** Posts today's summary at once. */
export async function postSummary(summary: Summary, request: Request, services: Services): Promise<Reply> {
  await postableChannel(summary.channelId, request, services);
  const posted = await postNow(summaryWorld(services), summary.id);
  return { private: true, content: postedWords(posted, summary) };
}

function postedWords(posted: PostedNow, { channelId, period }: Summary): string {
  const channel = channelMention(channelId);
  switch (posted.kind) {
    case 'posted':
      return `It is on its way to ${channel}. It stands for ${longDay(posted.localDate)}, so none other comes that day.`;
    case 'posted before':
      return `${longDay(posted.localDate)} has its post in ${channel} already.`;
    case 'nothing':
      return `Nothing was posted. ${nothingWords(posted.why, period)}`;
    default:
      return 'This summary is not there any more.';
  }
}

export async function pauseSummary(summary: Summary, request: Request, services: Services): Promise<Reply> {
  const { db, clock } = services;
  const paused = await changeSummary(db, summary.id, { pausedAt: summary.pausedAt ?? clock() }, clock());
  return summaryCard(paused ?? summary, request, services, 'Paused. What comes meanwhile is not posted later.');
}

export async function resumeSummary(summary: Summary, request: Request, services: Services): Promise<Reply> {
  const { db, clock } = services;
  if (!summary.pausedAt) return summaryCard(summary, request, services, 'It was not paused.');
  const resumed = await changeSummary(db, summary.id, { pausedAt: null }, clock());
  return summaryCard(resumed ?? summary, request, services, 'It goes on, with the papers of now.');
}

/** Asks whether to remove a summary. */
export function stopQuestion({ id, channelId, schedule, period, pausedAt }: Summary): Reply {
  const description = `${channelMention(channelId)} gets it ${scheduleWords(schedule)}. Stopped, its settings are gone; what was posted stays.`;
  return {
    private: true,
    embeds: [{ color: COLOURS.notice, title: `Stop this ${period} summary?`, description }],
    components: [
      row(
        dangerButton(customId('daily', 'stopped', id), 'Stop'),
        button(customId('daily', 'pause', id), 'Pause instead', pausedAt !== null),
        button(customId('daily', 'keep', id), 'Keep'),
      ),
    ],
  };
}

export async function stopSummary({ id, channelId, period }: Summary, { db, mention }: Services): Promise<Reply> {
  await removeSummary(db, id);
  const description = `${channelMention(channelId)} gets no ${period} summary any more. ${mention(`${period} set`)} sets one up again.`;
  return { private: true, embeds: [{ color: COLOURS.notice, title: 'Stopped', description }] };
}
