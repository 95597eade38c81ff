import { RECENT_WEEKS, type RisingTrend } from '../../summaries/trend-rising.ts';
import { sharesOf, type Trend, type Trends } from '../../summaries/trends.ts';
import { percent } from '../chart/percent.ts';
import { plain } from '../markdown.ts';
import { count } from './count.ts';

const NAME = 80;
/** Growth beyond this says that there was almost nothing before. */
const MOST_GROWTH = 20;

/** `**diffusion models**: 312 papers in 26 weeks, 12% of the last week’s`; Markdown. */
export function trendLine(trend: Trend, { totals, mondays }: Trends): string {
  const papers = trend.counts.reduce((sum, each) => sum + each, 0);
  const last = sharesOf(trend, totals).findLast((share) => share !== null);
  const now = last === undefined || last === null ? '' : `, ${percent(last)} of the last week’s`;
  return `- **${plain(trend.name, NAME)}**: ${count(papers, 'paper')} in ${count(mondays.length, 'week')}${now}`;
}

/** `**world models**: 24 papers in four weeks, 3.1 times as frequent as before`; Markdown. */
export function risingLine({ name, recent, earlier, growth }: RisingTrend): string {
  const grown =
    earlier === 0 || growth > MOST_GROWTH ? 'hardly any before' : `${round(growth)} times as frequent as before`;
  return `- **${plain(name, NAME)}**: ${count(recent, 'paper')} in ${count(RECENT_WEEKS, 'week')}, ${grown}`;
}

function round(growth: number): string {
  return growth >= 9.95 ? growth.toFixed(0) : growth.toFixed(1).replace(/\.0$/, '');
}

/** `“a”, “b” and “c”`. */
export function quotedNames(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : (quoted[0] ?? '');
}
