import type { NewTopic, TopicChange, Topic } from '../../store/topics.ts';
import type { TransferPlan } from '../../topics/transfer.ts';
import { plain } from '../markdown.ts';
import { count } from './count.ts';
import { scheduleWords } from './topic-words.ts';

/** Of each kind; with names and queries at their longest they fit into an embed. */
const SHOWN = 5;
const NAME = 80;
const QUERY = 90;
const REASON = 120;

/** What an import would add and change, what it leaves as it is, and which lines are no topics, in Markdown. */
export function transferLines({ added, changed, unchanged, faults }: TransferPlan): string {
  const parts = [
    part(`Adds ${count(added.length, 'topic')}`, added.map(addedLine)),
    part(
      `Changes ${count(changed.length, 'topic')}`,
      changed.map(({ topic, change }) => changedLine(topic, change)),
    ),
    part(
      `Cannot read ${count(faults.length, 'line')}`,
      faults.map(({ line, reason }) => `line ${line}: ${plain(reason, REASON)}`),
    ),
    unchanged.length > 0
      ? `${count(unchanged.length, 'topic')} ${unchanged.length === 1 ? 'is' : 'are'} so already.`
      : '',
  ].filter(Boolean);
  return parts.join('\n\n') || 'There was no line.';
}

function part(head: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, SHOWN).map((line) => `- ${line}`);
  const left = lines.length - shown.length;
  return [`**${head}:**`, ...shown, ...(left > 0 ? [`-# and ${left.toLocaleString('en')} more`] : [])].join('\n');
}

function addedLine({ name, query, schedule = null }: NewTopic): string {
  const what = name === query ? '' : `: ${plain(query, QUERY)}`;
  return `**${plain(name, NAME)}**${what}${schedule ? `, ${scheduleWords(schedule)}` : ''}`;
}

function changedLine(topic: Topic, change: TopicChange): string {
  const { query, schedule, toldBy, pausedAt, snoozedUntil, name } = change;
  const parts = [
    name === undefined ? '' : `named ${plain(name, NAME)}`,
    query === undefined ? '' : `~~${plain(topic.query, QUERY)}~~ ${plain(query, QUERY)}`,
    schedule === undefined ? '' : scheduleWords(schedule),
    toldBy === undefined ? '' : toldBy === 'inbox' ? 'only in the inbox' : 'by direct message',
    pausedAt === undefined ? '' : pausedAt ? 'paused' : 'not paused any more',
    snoozedUntil === undefined ? '' : snoozedUntil ? 'snoozed' : 'not snoozed any more',
  ];
  return `**${plain(topic.name, NAME)}**: ${parts.filter(Boolean).join('; ')}`;
}
