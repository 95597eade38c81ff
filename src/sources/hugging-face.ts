import { addDays, dayInZone } from '../core/dates.ts';
import { AFTER_ARXIV, restOn } from './calendar.ts';
import { fetchedDocument } from './fetched-document.ts';
import { MAX_PAGE_BYTES } from '../digests/read.ts';
import type { Source, SourceDocument } from './source.ts';
import type { SourceTools } from './tools.ts';

/** Lists of so many days on which papers are listed are read again each time: papers join late, and votes go on. */
const LIST_DAYS = 7;
/** The most that the interface gives at once. */
const PAGE = 100;
/** More pages than any list has. */
const MAX_PAGES = 20;

export const HUGGING_FACE = 'hugging-face';

/**
 * The Daily Papers of Hugging Face, a list a day, from https://huggingface.co/docs/hub/api at `base` or a mirror of it.
 * Without `days` it hands out the lists of the last seven list days and the days of rest between them.
 */
export function huggingFaceSource(tools: SourceTools, base: string, days?: readonly string[]): Source {
  return {
    name: HUGGING_FACE,
    calendar: AFTER_ARXIV,
    documents: async () => (days ?? recentDays(tools.clock())).map((day) => listOf(tools, base, day)),
  };
}

/** From the seventh list day back to today in UTC, oldest first: a day that has not begun is never asked for. */
export function recentDays(now: Date): string[] {
  const days: string[] = [];
  let listDays = 0;
  for (let day = dayInZone(now, 'UTC'); listDays < LIST_DAYS; day = addDays(day, -1)) {
    days.unshift(day);
    if (restOn(AFTER_ARXIV, new Date(day)) === null) listDays += 1;
  }
  return days;
}

function listOf(tools: SourceTools, base: string, day: string): SourceDocument {
  const address = (page: number) => `${base}/api/daily_papers?date=${day}&p=${page}&limit=${PAGE}`;
  return fetchedDocument(tools, {
    source: HUGGING_FACE,
    address: address(0),
    accept: 'application/json',
    layouts: ['hugging-face-api'],
    date: day,
    list: { key: `${HUGGING_FACE} ${day}`, onlyNew: false },
    isEmpty: (body) => itemsIn(body)?.length === 0,
    complete: (first) => withFurtherPages(first, (page) => fetchPage(tools, address(page))),
  });
}

async function fetchPage({ http, signal }: SourceTools, address: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await http.get(address, { accept: 'application/json', signal, limit: MAX_PAGE_BYTES });
  return answer?.body ?? new Uint8Array();
}

/** The first page, and those after it while pages are full, as one list: a paper that slid to the next page stands once. */
async function withFurtherPages(
  first: Uint8Array<ArrayBuffer>,
  fetch: (page: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  let items = itemsIn(first);
  if (!items || items.length < PAGE) return first;
  const all = new Map(items.map((item) => [idOf(item), item]));
  for (let page = 1; page < MAX_PAGES && items.length >= PAGE; page += 1) {
    const body = await fetch(page);
    items = itemsIn(body);
    // What is no list goes to the reader, which says what is wrong with it.
    if (!items) return body;
    const known = all.size;
    for (const item of items) if (!all.has(idOf(item))) all.set(idOf(item), item);
    if (all.size === known) break;
  }
  return Buffer.from(JSON.stringify([...all.values()]));
}

/** The items of a list; `null` when it is none. */
function itemsIn(body: Uint8Array): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** What tells items apart; an item without an id only equals itself. */
function idOf(item: unknown): unknown {
  const { paper } = Object(item) as { paper?: unknown };
  const { id } = Object(paper) as { id?: unknown };
  return id ?? item;
}
