import { addDays } from '../../core/dates.ts';
import { isUnfinished, sharesOf, type Trends } from '../../summaries/trends.ts';
import type { Chart, ChartLine } from '../chart/chart.ts';
import { percent } from '../chart/percent.ts';
import { label } from '../text.ts';
import { count } from './count.ts';
import { shortDay } from './days.ts';

/** The longest description that Discord takes for a file: https://discord.com/developers/docs/resources/message#attachment-object */
const LONGEST_DESCRIPTION = 1024;
const NAME = 60;

/** The picture of trends up to `day`; `title` says what they have in common. */
export function trendChart(trends: Trends, title: string, day: string): Chart {
  const { mondays, totals } = trends;
  const last = mondays.at(-1) ?? day;
  const open = isUnfinished(mondays, day);
  const until = open ? day : addDays(last, 6);
  const all = totals.reduce((sum, total) => sum + total, 0);
  return {
    title,
    subtitle: `Share of each week’s papers${open ? '; the last week goes on' : ''}`,
    mondays,
    isUnfinished: open,
    lines: trends.trends.map((trend) => ({ name: label(trend.name, NAME), shares: sharesOf(trend, totals) })),
    footer: `${count(all, 'paper')} from ${shortDay(mondays[0] ?? day)} to ${shortDay(until)}`,
  };
}

/** What a chart shows, for those who do not see it. */
export function chartInWords({ title, mondays, lines }: Chart): string {
  const parts = lines.map((line) => lineInWords(line, mondays));
  return label(`Line chart: ${title}. ${parts.join(' ')}`, LONGEST_DESCRIPTION);
}

function lineInWords({ name, shares }: ChartLine, mondays: readonly string[]): string {
  const known = shares.flatMap((share, week) => (share === null ? [] : [{ share, monday: mondays[week] ?? '' }]));
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last) return `${name}: too few papers to tell.`;
  const peak = known.reduce((best, each) => (each.share > best.share ? each : best));
  const at = ({ share, monday }: typeof first) => `${percent(share)} in the week of ${shortDay(monday)}`;
  return `${name}: ${at(first)}, ${at(last)}; highest ${at(peak)}.`;
}
