import { UserError } from '../../src/core/errors.ts';
import type { LocalSchedule } from '../../src/core/local-schedule.ts';
import { timeOfDay } from '../../src/core/zone-words.ts';
import type { ChannelInfo } from '../../src/discord/channels.ts';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { enableDestination } from '../../src/store/disabled-destinations.ts';
import {
  changeSummary,
  createSummary,
  type NewSummary,
  type Summary,
  type SummaryChange,
} from '../../src/store/summaries.ts';
import type { Db } from '../../src/store/database.ts';
import { postableChannel } from '../shared/postable-channel.ts';
import { checkRole } from '../shared/topic-place.ts';
import { parseTimeOfDay, parseWhen } from '../shared/topic-when.ts';
import { parseZone, zoneOf } from '../shared/topic-zone.ts';
import { summaryCard } from './card.ts';
import { checkMaySetUp, summariesHere } from './choose.ts';
import type { Period } from './declaration.ts';
import { topicsNamed } from './topics-option.ts';

/** A server that wants more of them wants topics. */
const MOST_SUMMARIES = 25;

/** What `/daily set` and `/weekly set` take, as typed. */
export interface SummaryAsked {
  channel: string;
  time: string;
  timezone?: string | undefined;
  days?: string | undefined;
  day?: string | undefined;
  topics?: string | undefined;
  size?: Summary['size'] | undefined;
  mention?: string | undefined;
  no_mention?: boolean | undefined;
  minimum?: number | undefined;
  empty?: Summary['whenEmpty'] | undefined;
  tag?: string | undefined;
}

/** Sets up the summary of a channel, or changes what is named of the one that is there. */
export async function setSummary(
  period: Period,
  asked: SummaryAsked,
  request: Request,
  services: Services,
): Promise<Reply> {
  await checkMaySetUp(asked.channel, request, services);
  const { db, clock } = services;
  const channel = await postableChannel(asked.channel, request, services);
  if (asked.mention !== undefined) await checkRole(asked.mention, channel, request, services);
  const all = await summariesHere(period, request, services);
  const before = all.find(({ channelId }) => channelId === channel.id) ?? null;
  if (!before && all.length >= MOST_SUMMARIES) {
    throw new UserError(`This server has ${all.length} ${period} summaries, and there can be no more. Stop one first.`);
  }
  const schedule = await scheduleOf(period, asked, before, request, services);
  const change = await changeOf(asked, channel, before, request, services);
  const { reader, guildId } = request;
  const base = { guildId: guildId ?? '', channelId: channel.id, readerId: reader.id, period, schedule };
  const summary = await storeSummary(db, before, base, change, clock());
  return summaryCard(summary, request, services, before ? 'Changed.' : 'Set up.');
}

/**
 * Stores a new summary, or what is changed of the one before. Returns it as it is now.
 * @throws UserError when the one before was removed meanwhile.
 */
export async function storeSummary(
  db: Db,
  before: Summary | null,
  base: NewSummary,
  change: SummaryChange,
  now: Date,
): Promise<Summary> {
  const summary = before
    ? await changeSummary(db, before.id, { ...change, schedule: base.schedule }, now)
    : await createSummary(db, { ...base, ...change }, now);
  if (!summary) throw new UserError('This summary has just been removed. Run the command again.');
  // The bot may post there now, whatever was the matter before.
  await enableDestination(db, { kind: 'channel', id: base.channelId });
  return summary;
}

async function scheduleOf(
  period: Period,
  { time, timezone, days, day }: SummaryAsked,
  before: Summary | null,
  { reader }: Request,
  services: Services,
): Promise<LocalSchedule> {
  const zone = timezone ? parseZone(timezone) : (before?.schedule.timezone ?? (await zoneOf(reader.id, services)));
  const minute = parseTimeOfDay(time);
  const named = (period === 'daily' ? days : day)?.trim();
  if (!named && before) return { ...before.schedule, minute, timezone: zone };
  const schedule = parseWhen(`${named || (period === 'daily' ? 'daily' : 'Mondays')} at ${timeOfDay(minute)}`, zone);
  if (!schedule) throw new UserError(`"${named}" names no days. Try: daily, weekdays, Mondays and Thursdays.`);
  if (period === 'weekly' && schedule.days.length !== 1) {
    throw new UserError(
      'A weekly summary comes on one day of the week. Name one, for example Monday; for several use /daily set.',
    );
  }
  return schedule;
}

/** What is named, checked; what is not named is left out, and stays. */
async function changeOf(
  asked: SummaryAsked,
  channel: ChannelInfo,
  before: Summary | null,
  { guildId, reader }: Request,
  { db }: Services,
): Promise<SummaryChange> {
  const { size, minimum, empty, mention, no_mention, topics } = asked;
  const tagIds = tagsOf(asked.tag, channel, before);
  return {
    form: formFor(channel),
    // Whoever sets it up last is told when nothing can be posted there any more.
    readerId: reader.id,
    ...(size && { size }),
    ...(minimum !== undefined && { minimum }),
    ...(empty && { whenEmpty: empty }),
    ...(topics !== undefined && { topicIds: await topicsNamed(db, guildId ?? '', topics) }),
    ...(tagIds && { tagIds }),
    ...(mention === undefined ? no_mention && { mentionRoleId: null } : { mentionRoleId: mention }),
  };
}

/** How a summary is posted in a channel. */
export function formFor({ kind }: Pick<ChannelInfo, 'kind'>): Summary['form'] {
  if (kind === 'forum') return 'forum post';
  return kind === 'announcement' ? 'announcement' : 'message';
}

/** `null` where nothing is to change. */
function tagsOf(text: string | undefined, channel: ChannelInfo, before: Summary | null): string[] | null {
  const names = channel.tags.map(({ name }) => name).join(', ');
  const typed = text?.trim().toLowerCase();
  if (!typed) {
    if (!channel.requiresTag || (before && before.tagIds.length > 0)) return null;
    throw new UserError(
      `Every post in #${channel.name} needs a tag. Choose one with "tag": ${names || 'I may give none there'}.`,
    );
  }
  const tag = channel.tags.find(({ id, name }) => id === typed || name.toLowerCase() === typed);
  if (tag) return [tag.id];
  throw new UserError(
    channel.kind === 'forum'
      ? `#${channel.name} has no such tag that I may give. There are: ${names || 'none'}.`
      : `#${channel.name} is no forum, so posts there have no tags. Leave "tag" out.`,
  );
}
