import { channelMention, roleMention, time } from 'discord.js';
import { clockChange, comingMoment } from '../../src/core/zone-words.ts';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, dangerButton, row, type Row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { shortDay } from '../../src/discord/render/days.ts';
import { listed, scheduleWords } from '../../src/discord/render/topic-words.ts';
import { cut } from '../../src/discord/text.ts';
import { findDisabled } from '../../src/store/disabled-destinations.ts';
import type { Summary } from '../../src/store/summaries.ts';
import { lastPosts, type SummaryPost } from '../../src/store/summary-posts.ts';
import { findTopics } from '../../src/store/topics.ts';
import { mayManageChannel } from '../shared/manage-channel.ts';

const LAST_POSTS = 5;
const MAX_REASON = 160;
/** A change of the clocks is told when it comes within so many days. */
const CLOCK_CHANGE = 31;

/** When the next post comes, as a promise that holds through changes of the clocks; Markdown. */
export function promise({ pausedAt, nextRun, schedule }: Summary, now: Date): string {
  if (pausedAt) return `Paused since ${time(pausedAt, 'D')}: nothing is posted.`;
  const change = clockChange(schedule.timezone, now, CLOCK_CHANGE);
  const next = `Next: **${comingMoment(nextRun.at, now, schedule.timezone)}**${change ? `; ${change}` : ''}.`;
  return `${next} By your clock that is ${time(nextRun.at, 'f')}.`;
}

/** One summary with what can be done with it; `said` is what was just done. */
export async function summaryCard(summary: Summary, request: Request, services: Services, said = ''): Promise<Reply> {
  const { db, clock } = services;
  const closed = await findDisabled(db, { kind: 'channel', id: summary.channelId });
  const posts = await lastPosts(db, summary.id, LAST_POSTS);
  const fields = [
    { name: 'Posted', value: postedWords(summary) },
    { name: 'Shows', value: await shownWords(summary, services) },
    { name: 'When there is nothing', value: emptyWords(summary) },
    { name: 'Last posts', value: posts.map(postLine).join('\n') },
  ];
  const trouble = closed
    ? `**Nothing can be posted there now:** ${plain(closed.failure.words, MAX_REASON)} ${services.mention('destinations')} opens it again.`
    : '';
  return {
    private: true,
    embeds: [
      {
        color: closed ? COLOURS.notice : COLOURS.papers,
        title: summary.period === 'daily' ? 'Daily summary' : 'Weekly summary',
        description: [said, promise(summary, clock()), trouble].filter(Boolean).join('\n\n'),
        fields: fields.filter(({ value }) => value),
      },
    ],
    components: (await mayManageChannel(summary.channelId, request, services)) ? [actions(summary)] : [],
  };
}

function postedWords({ channelId, form, schedule, mentionRoleId }: Summary): string {
  const place = form === 'forum post' ? 'As posts in' : 'In';
  const published = form === 'announcement' ? ', published to the servers that follow it' : '';
  const mention = mentionRoleId === null ? '' : `, mentioning ${roleMention(mentionRoleId)}`;
  return `${place} ${channelMention(channelId)}, ${scheduleWords(schedule)}${published}${mention}.`;
}

async function shownWords({ size, minimum, topicIds }: Summary, { db }: Services): Promise<string> {
  const amount = { short: 'Few papers', normal: 'The papers of note', full: 'As many papers as a post holds' }[size];
  const names = (await findTopics(db, topicIds)).map(({ name }) => name);
  const first =
    names.length > 0 ? `those for ${plain(listed(names), LIMITS.fieldValue / 2)}` : 'those of the channel’s topics';
  const least = minimum > 1 ? `, from ${count(minimum, 'paper')} on` : '';
  return `${amount}${least}; ${first} come first.`;
}

function emptyWords({ whenEmpty }: Summary): string {
  return whenEmpty === 'say why' ? 'One line says why.' : 'Nothing is posted.';
}

/** `20 Nov 2026: posted`, or why not. */
function postLine({ localDate, outcome, reason }: SummaryPost): string {
  const what = outcome === 'planned' ? 'posted' : outcome === 'empty' ? 'nothing to post' : 'skipped';
  const why = outcome === 'planned' || reason === null ? '' : `. ${reason}`;
  return cut(`${shortDay(localDate)}: ${what}${why}`, MAX_REASON);
}

function actions({ id, pausedAt }: Summary): Row {
  return row(
    button(customId('daily', 'preview', id), 'Preview'),
    button(customId('daily', 'now', id), 'Post now'),
    pausedAt ? button(customId('daily', 'resume', id), 'Resume') : button(customId('daily', 'pause', id), 'Pause'),
    dangerButton(customId('daily', 'stop', id), 'Stop'),
  );
}
