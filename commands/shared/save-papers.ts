import { UserError } from '../../src/core/errors.ts';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { plain } from '../../src/discord/markdown.ts';
import { count } from '../../src/discord/render/count.ts';
import { findPapers } from '../../src/store/papers.ts';
import { savePaper } from '../../src/store/saved-papers.ts';

/**
 * Keeps papers for whoever asks, and says so.
 * @throws UserError when none of them is in the archive any more.
 */
export async function savePapers(
  ids: readonly number[],
  { reader }: Request,
  { db, clock, mention }: Services,
): Promise<Reply> {
  const papers = await findPapers(db, ids.filter(Number.isInteger));
  const [paper, ...others] = papers;
  if (!paper) throw new UserError('This paper is not in the archive any more.');
  let added = 0;
  for (const { id } of papers) if (await savePaper(db, reader.id, id, clock())) added += 1;
  const what = others.length === 0 ? `**${plain(paper.title, 200)}**` : count(papers.length, 'paper');
  const place = `${mention('inbox')} keeps ${others.length === 0 ? 'it' : 'them'} for you.`;
  return { content: added === 0 ? `You saved ${what} before. ${place}` : `Saved ${what}. ${place}` };
}
