import { drawChart } from '../../src/discord/chart/draw.ts';
import type { ThemeName } from '../../src/discord/chart/themes.ts';
import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row, type Row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { chartInWords, trendChart } from '../../src/discord/render/trend-chart.ts';
import { quotedNames, risingLine, trendLine } from '../../src/discord/render/trend-words.ts';
import { label } from '../../src/discord/text.ts';
import { keepState } from '../../src/store/button-states.ts';
import { RECENT_WEEKS, risingTrends } from '../../src/summaries/trend-rising.ts';
import {
  countTrends,
  FEWEST_PAPERS,
  tellingWeeks,
  today,
  type Trend,
  type Trends,
} from '../../src/summaries/trends.ts';
import { emptyArchive } from '../shared/results-page.ts';
import type { Asked } from '../shared/results.ts';

/** Fewer make no line. */
const FEWEST_WEEKS = 2;
const MOST_RISING = 5;
const NAME = 80;
/** The longest label of a button. */
const LABEL = 80;

/** How often terms appear, as a chart and in words. */
export async function termsPage(
  terms: readonly { name: string; query: string }[],
  weeks: number,
  theme: ThemeName,
  services: Services,
): Promise<Reply> {
  if (services.search.size === 0) return emptyArchive(services);
  const counted = await countTrends(terms, weeks, services);
  const found = counted.trends.filter(isFound);
  const missing = counted.trends.filter((trend) => !isFound(trend));
  const notes = await Promise.all(missing.map((trend) => missingLine(trend, weeks, services)));
  if (found.length === 0) return notice('Nothing to show', notes.join('\n'));
  if (tellingWeeks(counted.totals) < FEWEST_WEEKS) return tooYoung(counted);
  const title = `How often new papers mention ${quotedNames(found.map(({ name }) => label(name, NAME)))}`;
  const shown = { ...counted, trends: found };
  const lines = [...found.map((trend) => trendLine(trend, counted)), ...notes];
  return withChart(shown, title, lines.join('\n'), theme, services);
}

/** What is rising now. */
export async function risingPage(weeks: number, theme: ThemeName, services: Services): Promise<Reply> {
  if (services.search.size === 0) return emptyArchive(services);
  const rising = await risingTrends(MOST_RISING, weeks, services);
  if (tellingWeeks(rising.totals) < FEWEST_WEEKS) return tooYoung(rising);
  if (rising.trends.length === 0) {
    const name = services.mention('trends');
    return notice(
      'Nothing stands out',
      `No term of the last ${RECENT_WEEKS} weeks is clearly more frequent than in the weeks before. Name one with ${name} to see its weeks.`,
    );
  }
  const title = 'What new papers mention more and more';
  return withChart(rising, title, rising.trends.map(risingLine).join('\n'), theme, services);
}

async function withChart(
  trends: Trends,
  title: string,
  words: string,
  theme: ThemeName,
  services: Services,
): Promise<Reply> {
  const chart = trendChart(trends, title, today(services));
  const data = await drawChart(chart, theme).catch((error: unknown) => {
    services.log.error({ err: error }, 'a chart could not be drawn; its words are shown without it');
    return null;
  });
  return {
    content: words,
    ...(data && { files: [{ name: 'trends.png', data, description: chartInWords(chart) }] }),
    components: [await paperButtons(trends.trends, services)],
  };
}

/** Buttons to the papers of each term, for whoever presses; they lead to following it, too. */
async function paperButtons(trends: readonly Trend[], { db, clock }: Services): Promise<Row> {
  const buttons = trends.map(async ({ name, query }) => {
    const ask: Asked = { query, sort: 'newest', since: null };
    return button(customId('search', 'show', await keepState(db, ask, clock())), label(`Papers: ${name}`, LABEL));
  });
  return row(...(await Promise.all(buttons)));
}

async function missingLine({ name, query }: Trend, weeks: number, { search }: Services): Promise<string> {
  const { matches, didYouMean } = await search.search(query, { limit: 1, explain: false });
  if (matches > 0) {
    return `- **${plain(name, NAME)}**: no paper of the last ${weeks} weeks, ${count(matches, 'paper')} of other days or of none.`;
  }
  const near =
    didYouMean.length > 0
      ? ` Did you mean ${quotedNames(didYouMean.slice(0, 3).map((text) => plain(text, NAME)))}?`
      : '';
  return `- **${plain(name, NAME)}**: no paper mentions it.${near}`;
}

function tooYoung({ totals, mondays }: Trends): Reply {
  const telling = tellingWeeks(totals);
  return notice(
    'Too few weeks for a trend',
    `Of the last ${mondays.length} weeks ${telling === 0 ? 'none has' : `only ${telling} has`} ${FEWEST_PAPERS} papers or more in the archive, and a line needs ${FEWEST_WEEKS}. Whoever runs the bot can read lists of past days with \`paperboy backfill\`.`,
  );
}

function notice(title: string, description: string): Reply {
  return { embeds: [{ color: COLOURS.notice, title, description }] };
}

function isFound({ counts }: Trend): boolean {
  return counts.some((papers) => papers > 0);
}
