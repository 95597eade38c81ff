import { time } from 'discord.js';
import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row, type Row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { shortDay } from '../../src/discord/render/days.ts';
import { openSelect, paperList } from '../../src/discord/render/list.ts';
import { pageFooter, pagingRow } from '../../src/discord/render/paging.ts';
import { faultLines } from '../../src/discord/render/query-faults.ts';
import type { SearchResult } from '../../src/search/result.ts';
import { keepState } from '../../src/store/button-states.ts';
import { type Asked, findResults, PAGE, type Results } from './results.ts';

const ORDER = { relevance: '', newest: ' Newest first.', discussed: ' Most discussed first.' };
const WAYS_OUT = 5;

/** One page of results as a message; `page` counts from 0. */
export async function resultsPage(ask: Asked, page: number, services: Services): Promise<Reply> {
  if (services.search.size === 0) return emptyArchive(services);
  const results = await findResults(ask, page, services);
  const { items } = results;
  const head = [heading(results), ...faultLines(ask.query, results.result.faults)].join('\n');
  const title = plain(`Search: ${results.text}`, LIMITS.title);
  const buttons = await otherQueries(results, services);
  const follow = await followButton(results, services);
  if (items.length === 0) {
    const components = [...buttons, ...(follow ? [row(follow)] : [])];
    return { embeds: [{ color: COLOURS.notice, title, description: head }], components };
  }
  const first = results.page * PAGE + 1;
  const list = paperList(items, first, LIMITS.description - head.length - 2);
  const papers = items.map(({ paper }) => paper);
  const turning = await paging(results, services);
  const components = [openSelect(papers, first), withFollow(turning, follow), ...buttons];
  return {
    embeds: [
      { color: COLOURS.papers, title, description: `${head}\n\n${list}`, ...pageFooter(results.page, results.pages) },
    ],
    components: components.filter((each) => each !== null),
  };
}

async function paging({ ask, page, pages }: Results, { db, clock }: Services): Promise<Row | null> {
  if (pages <= 1) return null;
  const id = await keepState(db, ask, clock());
  return pagingRow(page, pages, (target, name) => customId('search', 'page', id, target, name));
}

/** Leads to following what was searched; `null` for a paper that was chosen by its title. */
async function followButton({ ask, chosen }: Results, { db, clock }: Services) {
  if (chosen) return null;
  return button(customId('subscribe', 'follow', await keepState(db, ask, clock())), 'Follow');
}

function withFollow(turning: Row | null, follow: Awaited<ReturnType<typeof followButton>>): Row | null {
  if (!follow) return turning;
  return turning ? row(...turning.components, follow) : row(follow);
}

function heading({ ask, chosen, result }: Results): string {
  const { total, matches } = result;
  const filter = ask.since ? ` Since ${shortDay(ask.since)}.` : '';
  if (chosen) return `${nearChosen(total)}${ORDER[ask.sort]}${filter}`;
  if (total === 0) return `Nothing found.${filter}${wayOut(result) || ' Try fewer words, or other ones.'}`;
  return `${howMany(matches, total - matches)}${ORDER[ask.sort]}${filter}${wayOut(result)}`;
}

function wayOut({ didYouMean, withoutWord = [] }: SearchResult): string {
  if (didYouMean.length > 0) return ' Did you mean this?';
  return withoutWord.length > 0 ? ' Leave a word out?' : '';
}

function nearChosen(total: number): string {
  return total > 1 ? 'The paper you chose, and what comes close to its title.' : 'The paper you chose.';
}

function howMany(matches: number, close: number): string {
  if (matches === 0)
    return `No paper has all of that; **${count(close, 'paper')}** ${close === 1 ? 'is' : 'are'} close.`;
  const matching = `**${count(matches, 'paper')}** ${matches === 1 ? 'matches' : 'match'}`;
  return close > 0
    ? `${matching}, ${close.toLocaleString('en')} more ${close === 1 ? 'is' : 'are'} close.`
    : `${matching}.`;
}

/** Buttons that ask something else when nothing matches: other spellings, fewer words, any time. */
async function otherQueries({ ask, result }: Results, { db, clock }: Services): Promise<Row[]> {
  const { didYouMean, withoutWord = [], matches } = result;
  const others: { label: string; ask: Asked }[] = [
    ...(ask.since && matches === 0 ? [{ label: 'Search all years', ask: { ...ask, since: null } }] : []),
    ...didYouMean.map((query) => ({ label: query, ask: { ...ask, query } })),
    ...withoutWord.flatMap(({ word, total }) => {
      const query = withoutPart(ask.query, word);
      return query ? [{ label: `Without ${word} (${total})`, ask: { ...ask, query } }] : [];
    }),
  ];
  const buttons = others.slice(0, WAYS_OUT).map(async (other, index) => {
    const id = await keepState(db, other.ask, clock());
    return button(customId('search', 'page', id, 0, `instead${index}`), other.label);
  });
  return buttons.length > 0 ? [row(...(await Promise.all(buttons)))] : [];
}

/** The query without a part of it; `null` when the part does not stand there as a word, or nothing else is left. */
function withoutPart(query: string, part: string): string | null {
  const spaced = ` ${query.trim().replace(/\s+/g, ' ')} `;
  const at = spaced.toLowerCase().indexOf(` ${part.toLowerCase()} `);
  return at < 0 ? null : `${spaced.slice(0, at)}${spaced.slice(at + part.length + 1)}`.trim() || null;
}

/** What is said before the first paper. */
export async function emptyArchive({ nextIngestion }: Pick<Services, 'nextIngestion'>): Promise<Reply> {
  const next = await nextIngestion();
  const when = next ? ` The next look for papers is ${time(next, 'R')}.` : '';
  return {
    embeds: [
      {
        color: COLOURS.notice,
        title: 'No papers yet',
        description: `The archive is empty: no digest has been read so far.${when}`,
      },
    ],
  };
}
