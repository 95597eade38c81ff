import { time } from 'discord.js';
import { plain } from '../../src/discord/markdown.ts';
import { sourceName } from '../../src/discord/render/source-name.ts';
import type { SourceReport, SourceState } from '../../src/store/source-states.ts';

/** What needs somebody's attention comes first. */
const ORDER: SourceState[] = ['failed', 'unreadable', 'stale', 'fresh', 'nothing new'];

/** The longest text of an embed's field, less what announces further sources. */
const MAX = 950;
const MAX_NAME = 60;
const MAX_PROBLEM = 160;

/** How each source does, a line each, as Markdown that fits a field; empty without any. */
export function sourceLines(reports: readonly SourceReport[]): string {
  const lines = reports.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)).map(sourceLine);
  let shown = lines.length;
  while (lines.slice(0, shown).join('\n').length > MAX) shown -= 1;
  const rest = lines.length - shown;
  const more = rest > 0 ? [`… and ${rest} more ${rest === 1 ? 'source' : 'sources'}.`] : [];
  return [...lines.slice(0, shown), ...more].join('\n');
}

function sourceLine(report: SourceReport): string {
  return `**${plain(sourceName(report.source), MAX_NAME)}**: ${howItDoes(report)}`;
}

function howItDoes(report: SourceReport): string {
  const { freshAt, failingSince, lookedAt, nextTryAt, problem, rest } = report;
  const why = problem === null ? '' : ` ${plain(problem, MAX_PROBLEM)}`;
  const since = time(failingSince ?? lookedAt, 'R');
  const texts: Record<SourceState, string> = {
    fresh: `fresh, new papers ${time(freshAt ?? lookedAt, 'R')}.`,
    'nothing new': `nothing new${freshAt ? ` since ${time(freshAt, 'R')}` : ' so far'}.${rest ? ` It rests today: ${rest}.` : ''}`,
    stale: `stale: it answers, but nothing new came ${freshAt ? `since ${time(freshAt, 'D')}` : 'yet'}.`,
    failed: `failed, since ${since}.${why} Next try: ${nextTryAt ? time(nextTryAt, 'R') : 'at the next look'}.`,
    unreadable: `unreadable, since ${since}.${why} It is kept as it came.`,
  };
  return texts[report.state];
}
