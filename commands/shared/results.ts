import { z } from 'zod';
import { isDay } from '../../src/core/dates.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { Services } from '../../src/discord/command.ts';
import type { Item } from '../../src/discord/render/list.ts';
import { pageCount } from '../../src/discord/render/paging.ts';
import type { Hit, SearchResult } from '../../src/search/result.ts';
import { findPapers } from '../../src/store/papers.ts';
import { chosenPaper } from './choices.ts';

/** What was asked, as buttons remember it. */
export const asked = z.object({
  query: z.string(),
  sort: z.enum(['relevance', 'newest', 'discussed']),
  /** `YYYY-MM-DD`, or `null` for any time. */
  since: z.string().refine(isDay).nullable(),
});
export type Asked = z.infer<typeof asked>;

/** Papers a page. */
export const PAGE = 5;

/** One page of what was found. */
export interface Results {
  ask: Asked;
  /** What was searched: the query, or the title of the paper chosen while typing. */
  text: string;
  chosen: Paper | null;
  result: SearchResult;
  items: Item[];
  /** From 0. */
  page: number;
  pages: number;
}

/** Searches for one page, counted from 0; the last one where `page` is beyond it. A paper chosen while typing comes first. */
export async function findResults(ask: Asked, page: number, services: Services): Promise<Results> {
  const chosen = await chosenPaper(ask.query, services);
  const text = chosen?.title ?? ask.query;
  const search = (offset: number) =>
    services.search.search(text, {
      limit: PAGE,
      offset,
      sort: ask.sort,
      gentle: true,
      ...(ask.since ? { since: ask.since } : {}),
      ...(chosen ? { plain: true } : {}),
    });
  let result = await search(page * PAGE);
  const pages = pageCount(result.total, PAGE);
  const shown = Math.min(page, pages - 1);
  if (shown < page) result = await search(shown * PAGE);
  const found = await hitItems(result, services);
  const items = chosen ? withChosen(found, chosen, shown) : found;
  return { ask, text, chosen, result, items, page: shown, pages };
}

/** The papers of hits, in their order; where close ones begin, a heading says so. */
export async function hitItems(result: SearchResult, { db }: Services): Promise<Item[]> {
  const hits = new Map<number, Hit>(result.hits.map((hit) => [hit.id, hit]));
  const papers = await findPapers(db, [...hits.keys()]);
  const firstClose = result.matches > 0 ? result.hits.find(({ close }) => close)?.id : undefined;
  return papers.map((paper) => {
    const { titleSpans = [], snippet = [], close, why } = hits.get(paper.id) ?? {};
    const item: Item = { paper, titleSpans, snippet, missing: close ? (why?.missing ?? []) : [] };
    return paper.id === firstClose ? { ...item, heading: '*Close, without everything you asked for:*' } : item;
  });
}

function withChosen(found: Item[], chosen: Paper, page: number): Item[] {
  const others = found.filter(({ paper }) => paper.id !== chosen.id);
  if (page > 0) return others;
  const snippet = [{ text: chosen.abstract ?? '', marked: false }];
  return [{ paper: chosen, snippet }, ...others].slice(0, PAGE);
}
