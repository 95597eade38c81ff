import { time } from 'discord.js';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row, type Row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { type Item, openSelect, paperList, paperSelect } from '../../src/discord/render/list.ts';
import { pageCount, pageFooter, pagingRow } from '../../src/discord/render/paging.ts';
import { listed } from '../../src/discord/render/topic-words.ts';
import { type InboxEntry, inboxOf } from '../../src/store/catches.ts';
import { findDisabled } from '../../src/store/disabled-destinations.ts';
import { findPapers } from '../../src/store/papers.ts';
import { savedPapers } from '../../src/store/saved-papers.ts';
import { countTopicsOfReader, findTopics } from '../../src/store/topics.ts';
import { caughtBy } from '../../src/topics/caught.ts';

/** The two halves of an inbox: what a reader's topics caught, and what the reader keeps. */
export const VIEWS = ['came', 'saved'] as const;
export type View = (typeof VIEWS)[number];

/** Papers a page. */
const PAGE = 6;
/** How much of an abstract stands below a title, in characters. */
const TEASER = 200;

const STATES: Record<InboxEntry['state'], string> = {
  waits: 'not told yet',
  planned: 'message under way',
  failed: 'the message failed',
  inbox: '',
  sent: '',
};

interface Shelf {
  items: Item[];
  total: number;
}

/** A page of a reader's inbox, counted from 0. */
export async function inboxPage(view: View, page: number, { reader }: Request, services: Services): Promise<Reply> {
  const shelf = view === 'came' ? await came(reader.id, page, services) : await saved(reader.id, page, services);
  const pages = pageCount(shelf.total, PAGE);
  if (shelf.items.length === 0 && page > 0) return inboxPage(view, pages - 1, { reader } as Request, services);
  const closed = await closedLine(reader.id, services);
  const description = [closed, await body(shelf, page, view, reader.id, services)].filter(Boolean).join('\n\n');
  const color = shelf.total > 0 ? COLOURS.papers : COLOURS.notice;
  const title = view === 'came' ? 'Your inbox' : 'Papers you saved';
  return {
    embeds: [{ color, title, description, ...pageFooter(page, pages) }],
    components: rows(shelf, view, page, pages, closed !== ''),
  };
}

/** What came, with the sentence that matched marked as in an alert. */
async function came(readerId: string, page: number, services: Services): Promise<Shelf> {
  const { total, entries } = await inboxOf(services.db, readerId, { limit: PAGE, offset: page * PAGE });
  const topics = await findTopics(
    services.db,
    entries.flatMap((entry) => entry.topics.slice(0, 1).map(({ id }) => id)),
  );
  const queries = new Map(topics.map(({ id, query }) => [id, query]));
  const items = await Promise.all(
    entries.map(async (entry) => {
      const found = await caughtBy(queries.get(entry.topics[0]?.id ?? 0) ?? '', [entry.paperId], services);
      return found.map(({ paper, titleSpans, snippet }): Item => ({ paper, titleSpans, snippet, note: noteOf(entry) }));
    }),
  );
  return { total, items: items.flat() };
}

function noteOf({ topics, state }: InboxEntry): string {
  const names = listed(topics.map(({ name }) => name));
  return [`for ${names}`, STATES[state]].filter(Boolean).join(', ');
}

async function saved(readerId: string, page: number, { db }: Services): Promise<Shelf> {
  const { total, papers } = await savedPapers(db, readerId, { limit: PAGE, offset: page * PAGE });
  const kept = await findPapers(
    db,
    papers.map(({ paperId }) => paperId),
  );
  const items = kept.map((paper) => ({ paper, snippet: [{ text: paper.abstract ?? '', marked: false }] }));
  return { total, items };
}

async function body(shelf: Shelf, page: number, view: View, readerId: string, services: Services): Promise<string> {
  const { total, items } = shelf;
  if (total === 0) return view === 'came' ? nothingCame(readerId, services) : NOTHING_SAVED;
  const head =
    view === 'came'
      ? `**${count(total, 'paper')}** came for you, the latest first.`
      : `**${count(total, 'paper')}**, the latest first.`;
  return `${head}\n\n${paperList(items, page * PAGE + 1, LIMITS.description - 600, TEASER)}`;
}

const NOTHING_SAVED = 'You have saved no paper yet. Press *Save* below a paper or an alert, and it is kept here.';

/** An inbox is empty before a topic is followed, and while nothing has matched; these are different things. */
async function nothingCame(readerId: string, { db, mention, nextIngestion }: Services): Promise<string> {
  const topics = await countTopicsOfReader(db, readerId);
  if (topics === 0) {
    return `You follow nothing yet. ${mention('subscribe')} tells you of new papers on a subject, and ${mention('topics starter')} offers ready ones.`;
  }
  const next = await nextIngestion();
  const when = next ? ` The next look for papers is ${time(next, 'R')}.` : '';
  return `Nothing new has come for your ${count(topics, 'topic')} so far.${when} ${mention('topics why')} says for any paper why it did not come.`;
}

async function closedLine(readerId: string, { db }: Services): Promise<string> {
  const closed = await findDisabled(db, { kind: 'user', id: readerId });
  if (!closed) return '';
  const { failure, disabledAt } = closed;
  return `**My direct messages do not reach you** since ${time(disabledAt, 'D')}: ${plain(failure.words, 200)} What comes for you is here. Allow direct messages from members of this server, then press *Try again*.`;
}

function rows({ items, total }: Shelf, view: View, page: number, pages: number, isClosed: boolean): Row[] {
  const papers = items.map(({ paper }) => paper);
  const other: View = view === 'came' ? 'saved' : 'came';
  const buttons = [
    button(customId('inbox', 'page', other, 0, 'other'), other === 'saved' ? 'Saved papers' : 'What came'),
    ...(total === 0 && view === 'came' ? [button(customId('topics', 'starters'), 'Ready topics')] : []),
    ...(isClosed ? [button(customId('inbox', 'again', view, page), 'Try again')] : []),
  ];
  const all = [
    openSelect(papers, page * PAGE + 1),
    view === 'saved'
      ? paperSelect(customId('inbox', 'unsave', page), 'Keep one no longer', papers, page * PAGE + 1)
      : null,
    pagingRow(page, pages, (target, name) => customId('inbox', 'page', view, target, name)),
    row(...buttons),
  ];
  return all.filter((each) => each !== null);
}
