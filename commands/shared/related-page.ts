import { z } from 'zod';
import type { Paper } from '../../src/core/paper.ts';
import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row, type Row } from '../../src/discord/render/components.ts';
import { openSelect, paperList } from '../../src/discord/render/list.ts';
import { pageCount, pageFooter, pagingRow } from '../../src/discord/render/paging.ts';
import { hitItems, PAGE } from './results.ts';

/** What comes first in a list of related papers; `relevance` is likeness. */
export const relatedSort = z.enum(['relevance', 'newest', 'discussed']);
type RelatedSort = z.infer<typeof relatedSort>;

const SORT_LABELS: Record<RelatedSort, string> = {
  relevance: 'Most similar',
  newest: 'Newest',
  discussed: 'Most discussed',
};

/** Papers like one paper, a page of them; `page` counts from 0. */
export async function relatedPage(paper: Paper, sort: RelatedSort, page: number, services: Services): Promise<Reply> {
  const result = await services.search.related(paper.id, { limit: PAGE, offset: page * PAGE, sort });
  const items = await hitItems({ ...result, matches: 0 }, services);
  const title = plain(`Like: ${paper.title}`, LIMITS.title);
  if (items.length === 0) {
    const description = page > 0 ? 'There are no more.' : 'No other paper in the archive comes near this one.';
    return { embeds: [{ color: COLOURS.notice, title, description }] };
  }
  const first = page * PAGE + 1;
  const pages = pageCount(result.total, PAGE);
  const papers = items.map((item) => item.paper);
  const components = [
    openSelect(papers, first),
    pagingRow(page, pages, (target, name) => customId('related', 'page', paper.id, sort, target, name)),
    result.total > 1 ? sortRow(paper, sort) : null,
  ];
  const description = paperList(items, first, LIMITS.description);
  return {
    embeds: [{ color: COLOURS.papers, title, description, ...pageFooter(page, pages) }],
    components: components.filter((each) => each !== null),
  };
}

function sortRow(paper: Paper, chosen: RelatedSort): Row {
  const buttons = relatedSort.options.map((sort) =>
    button(customId('related', 'page', paper.id, sort, 0, 'sort'), SORT_LABELS[sort], sort === chosen),
  );
  return row(...buttons);
}
