import { channelMention, roleMention, time } from 'discord.js';
import type { LocalSchedule } from '../../core/local-schedule.ts';
import { timeOfDay } from '../../core/zone-words.ts';
import type { Topic } from '../../store/topics.ts';
import { label } from '../text.ts';
import { count } from './count.ts';

/** Topics named in one line, and their longest name there. */
const NAMED = 3;
const NAME = 60;

const DAY_NAMES = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'];

/** `at once`, `daily at 08:00 Europe/Berlin`, `Mondays and Thursdays at 09:00 UTC`; can be typed as it is. */
export function scheduleWords(schedule: LocalSchedule | null): string {
  if (!schedule) return 'at once';
  return `${daysWords(schedule.days)} at ${timeOfDay(schedule.minute)} ${schedule.timezone}`;
}

function daysWords(days: readonly number[]): string {
  const key = days.toSorted((a, b) => a - b).join('');
  if (key === '0123456') return 'daily';
  if (key === '12345') return 'weekdays';
  if (key === '06') return 'weekends';
  const names = DAY_NAMES.filter((_, day) => days.includes(day));
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'daily');
}

/** Where and when a topic's papers come, in Markdown: `by direct message, at once`, `in #papers, daily at 08:00 UTC`. */
export function toldWords(
  topic: Pick<Topic, 'destination' | 'form' | 'toldBy' | 'mentionRoleId' | 'schedule'>,
): string {
  if (topic.toldBy === 'inbox') return 'in your inbox, without a message';
  const mention = topic.mentionRoleId === null ? '' : `, mentioning ${roleMention(topic.mentionRoleId)}`;
  return `${placeWords(topic)}, ${scheduleWords(topic.schedule)}${mention}`;
}

function placeWords({ destination, form }: Pick<Topic, 'destination' | 'form'>): string {
  if (destination.kind === 'user') return 'by direct message';
  return `${form === 'forum post' ? 'as posts in' : 'in'} ${channelMention(destination.id)}`;
}

/** Whether a topic tells of papers now, in Markdown; empty when it does as usual, at once. */
export function stateWords({ pausedAt, snoozedUntil, nextRunAt }: Topic, now: Date): string {
  if (pausedAt) return `paused since ${time(pausedAt, 'D')}`;
  if (snoozedUntil && snoozedUntil > now) return `quiet until ${time(snoozedUntil, 'f')}`;
  return nextRunAt ? `next ${time(nextRunAt, 'R')}` : '';
}

/** Names of topics, not yet fit for Markdown: `one`, `one and two`, `one, two, three and 4 more topics`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => label(name, NAME));
  const left = names.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${count(left, 'more topic')}`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? 'a topic');
}
