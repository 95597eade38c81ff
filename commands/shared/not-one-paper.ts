import type { Reply } from '../../src/discord/command.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { arxivUrl, huggingFaceUrl } from '../../src/discord/links.ts';
import { link, plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { linkButton, row } from '../../src/discord/render/components.ts';
import { openSelect, paperList } from '../../src/discord/render/list.ts';
import type { Found } from './find-paper.ts';

/** What to say when `text` does not lead to one paper: the nearest ones to choose from, or where an unknown id leads. */
export function notOnePaper(found: Exclude<Found, { kind: 'paper' }>, text: string): Reply {
  if (found.kind === 'unknown id') return unknownId(found.arxivId);
  const { items, exact } = found;
  const head = exact ? 'Several papers have this title:' : 'No paper has that title. The nearest:';
  const title = plain(`Paper: ${text}`, LIMITS.title);
  if (items.length === 0) {
    return {
      embeds: [{ color: COLOURS.notice, title, description: 'No paper has that title, and none comes near it.' }],
    };
  }
  const description = `${head}\n\n${paperList(items, 1, LIMITS.description - head.length - 2)}`;
  const select = openSelect(
    items.map((item) => item.paper),
    1,
  );
  return { embeds: [{ color: COLOURS.papers, title, description }], components: select ? [select] : [] };
}

function unknownId(arxivId: string): Reply {
  const description = `No digest has shown ${link(`arXiv ${arxivId}`, arxivUrl(arxivId))} so far.`;
  return {
    embeds: [{ color: COLOURS.notice, title: 'Not in the archive', description }],
    components: [row(linkButton('arXiv', arxivUrl(arxivId)), linkButton('Hugging Face', huggingFaceUrl(arxivId)))],
  };
}
