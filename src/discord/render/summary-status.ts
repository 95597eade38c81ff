import { channelMention, time } from 'discord.js';
import type { Summary } from '../../store/summaries.ts';
import type { SummaryPost } from '../../store/summary-posts.ts';
import { cut } from '../text.ts';
import { shortDay } from './days.ts';

/** The longest text of an embed's field, less what counts further summaries. */
const MAX = 950;
const MAX_REASON = 160;

/** A summary, and what became of the last day on which it was due; `null` before the first. */
export interface SummaryState {
  summary: Summary;
  last: SummaryPost | null;
}

/** When the summaries of a server come next, and which were skipped or empty, a line each; empty without any. */
export function summaryLines(states: readonly SummaryState[]): string {
  const lines = states.map(summaryLine);
  let shown = lines.length;
  while (lines.slice(0, shown).join('\n').length > MAX) shown -= 1;
  const rest = lines.length - shown;
  return [...lines.slice(0, shown), ...(rest > 0 ? [`… and ${rest} more.`] : [])].join('\n');
}

function summaryLine({ summary, last }: SummaryState): string {
  const { channelId, period, pausedAt, nextRun } = summary;
  const when = pausedAt ? `paused since ${time(pausedAt, 'D')}` : `next ${time(nextRun.at, 'R')}`;
  return `${channelMention(channelId)}, ${period}: ${when}.${missed(last)}`;
}

function missed(last: SummaryPost | null): string {
  if (!last || last.outcome === 'planned') return '';
  const what = last.outcome === 'skipped' ? 'was skipped' : 'was empty';
  return ` ${shortDay(last.localDate)} ${what}: ${cut(last.reason ?? '', MAX_REASON)}`;
}
