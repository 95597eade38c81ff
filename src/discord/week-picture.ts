import type { Log } from '../core/log.ts';
import type { StoredFile } from '../store/deliveries.ts';
import { risingTrends } from '../summaries/trend-rising.ts';
import { tellingWeeks, today, type TrendServices, USUAL_SPAN } from '../summaries/trends.ts';
import { drawChart } from './chart/draw.ts';
import { chartInWords, trendChart } from './render/trend-chart.ts';

const MOST_LINES = 5;
/** Fewer weeks make no picture worth a post. */
const FEWEST_WEEKS = 4;

/** Posts that are due together have one picture, so long in milliseconds. */
const REMEMBERED = 10 * 60_000;

type Services = TrendServices & { log: Log };

/** Gives the picture of a weekly post: what is rising. `null` when nothing is, or it cannot be drawn. */
export function createWeekPicture(services: Services): () => Promise<StoredFile | null> {
  let drawn: { at: number; picture: Promise<StoredFile | null> } | null = null;
  return () => {
    const now = services.clock().getTime();
    if (!drawn || now - drawn.at >= REMEMBERED) drawn = { at: now, picture: draw(services) };
    return drawn.picture;
  };
}

async function draw(services: Services): Promise<StoredFile | null> {
  try {
    const rising = await risingTrends(MOST_LINES, USUAL_SPAN, services);
    if (rising.trends.length === 0 || tellingWeeks(rising.totals) < FEWEST_WEEKS) return null;
    const chart = trendChart(rising, 'What new papers mention more and more', today(services));
    const png = await drawChart(chart, 'dark');
    return { name: 'trends.png', data: png.toString('base64'), description: chartInWords(chart) };
  } catch (error) {
    services.log.error({ err: error }, 'the picture of a week could not be drawn; the post goes without it');
    return null;
  }
}
