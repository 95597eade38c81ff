import { dayInZone } from '../../src/core/dates.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row, type Row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { dayOfYear, daysAgo, isWeekend, longDay } from '../../src/discord/render/days.ts';
import { type Item, openSelect, paperList } from '../../src/discord/render/list.ts';
import { pageCount, pageFooter, pagingRow } from '../../src/discord/render/paging.ts';
import { daysWithDigests, papersOfDay } from '../../src/store/digests.ts';
import { gistOf } from '../../src/summaries/gist/gist.ts';
import { emptyArchive } from './results-page.ts';

/** Papers a page. */
const PAGE = 8;
/** Four years of daily lists; further back, the days before and after are not offered. */
const KNOWN_DAYS = 1500;

/** What the digests of a day brought, a page of it, counted from 0; of the newest day for `null`. */
export async function dayPage(day: string | null, page: number, services: Services): Promise<Reply> {
  const days = await daysWithDigests(services.db, KNOWN_DAYS);
  const [newest] = days;
  if (!newest) return emptyArchive(services);
  const shown = day ?? newest;
  const today = dayInZone(services.clock(), services.timezone);
  const { total, papers } = await papersOfDay(services.db, shown, { limit: PAGE, offset: page * PAGE });
  const title = longDay(shown);
  if (total === 0) return { ...noPapers(shown, today, newest, days), components: neighbours(shown, days) };
  const pages = pageCount(total, PAGE);
  if (papers.length === 0) return dayPage(shown, pages - 1, services);
  const head = `**${count(total, 'paper')}**, ${when(shown, today)}.${day ? '' : whyNotToday(shown, today)}`;
  const items = papers.map(withGist);
  const first = page * PAGE + 1;
  const list = paperList(items, first, LIMITS.description - head.length - 2);
  const turning = pagingRow(page, pages, (target, name) => customId('today', 'page', shown, target, name));
  const components = [openSelect(papers, first), turning, ...neighbours(shown, days)];
  return {
    embeds: [{ color: COLOURS.papers, title, description: `${head}\n\n${list}`, ...pageFooter(page, pages) }],
    components: components.filter((each) => each !== null),
  };
}

/** Words that are not the authors' own say so. */
function withGist(paper: Paper): Item {
  const gist = gistOf(paper);
  return {
    paper,
    ...(gist?.by === 'source' && { note: 'summary by its source' }),
    snippet: [{ text: gist?.text ?? '', marked: false }],
  };
}

function when(day: string, today: string): string {
  return day > today ? 'dated ahead' : daysAgo(day, today);
}

/** Readers take an old list for a fault unless they are told. */
function whyNotToday(newest: string, today: string): string {
  if (newest >= today) return '';
  return isWeekend(today) ? ' The daily list rests at weekends; this is the newest.' : ' This is the newest there is.';
}

function noPapers(day: string, today: string, newest: string, days: string[]): Reply {
  const reason = reasonFor(day, today, newest, days.at(-1) ?? newest);
  const embed = { color: COLOURS.notice, title: longDay(day), description: `No digest of that day is here. ${reason}` };
  return { embeds: [embed] };
}

function reasonFor(day: string, today: string, newest: string, oldest: string): string {
  if (day > today) return 'It is still to come.';
  if (day < oldest) return `The archive begins on ${longDay(oldest)}.`;
  if (isWeekend(day)) return 'The daily list rests at weekends.';
  return day > newest ? 'It may still come.' : 'The nearest days with papers are below.';
}

/** Buttons to the nearest days before and after that have papers. */
function neighbours(day: string, days: string[]): Row[] {
  const older = days.find((other) => other < day);
  const newer = days.findLast((other) => other > day);
  const buttons = [
    ...(older ? [button(customId('today', 'page', older, 0, 'older'), `‹ ${dayOfYear(older)}`)] : []),
    ...(newer ? [button(customId('today', 'page', newer, 0, 'newer'), `${dayOfYear(newer)} ›`)] : []),
  ];
  return buttons.length > 0 ? [row(...buttons)] : [];
}
