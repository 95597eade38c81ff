import type { Paper } from '../../src/core/paper.ts';
import type { Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { openSelect, paperList } from '../../src/discord/render/list.ts';
import { pageCount, pageFooter, pagingRow } from '../../src/discord/render/paging.ts';
import { hitItems, PAGE } from './results.ts';

/** Papers like one paper, a page of them; `page` counts from 0. */
export async function similarPage(paper: Paper, page: number, services: Services): Promise<Reply> {
  const result = await services.search.related(paper.id, { limit: PAGE, offset: page * PAGE });
  const items = await hitItems({ ...result, matches: 0 }, services);
  const title = plain(`Like: ${paper.title}`, LIMITS.title);
  if (items.length === 0) {
    const description = page > 0 ? 'There are no more.' : 'No other paper in the archive comes near this one.';
    return { embeds: [{ color: COLOURS.notice, title, description }] };
  }
  const first = page * PAGE + 1;
  const pages = pageCount(result.total, PAGE);
  const components = [
    openSelect(
      items.map((item) => item.paper),
      first,
    ),
    pagingRow(page, pages, (target, name) => customId('paper', 'like', paper.id, target, name)),
  ];
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title,
        description: paperList(items, first, LIMITS.description),
        ...pageFooter(page, pages),
      },
    ],
    components: components.filter((each) => each !== null),
  };
}
