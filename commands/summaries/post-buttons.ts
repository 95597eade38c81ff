import { ComponentType } from 'discord.js';
import { isDay } from '../../src/core/dates.ts';
import { UserError } from '../../src/core/errors.ts';
import type { PressRequest, PressResult, Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/fit.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { openSelect, paperList } from '../../src/discord/render/list.ts';
import { pageCount, pageFooter, pageIn, pagingRow, turn } from '../../src/discord/render/paging.ts';
import { editionDay } from '../../src/discord/render/summary-words.ts';
import { findPapers } from '../../src/store/papers.ts';
import { findSummary, type Summary } from '../../src/store/summaries.ts';
import { papersOfPost } from '../../src/store/summary-papers.ts';
import { findPost } from '../../src/store/summary-posts.ts';
import type { EditionTheme, KeptEdition } from '../../src/summaries/edition.ts';
import { gistOf } from '../../src/summaries/gist/gist.ts';
import { own } from '../shared/topic-place.ts';
import { previewPage } from '../shared/topic-preview.ts';
import { checkRoom } from '../shared/topic-room.ts';

/** Papers a page. */
const PAGE = 8;
const GIST = 200;

interface Post {
  summary: Summary;
  localDate: string;
  kept: KeptEdition;
}

/** *All N papers* below a post: a page of them, for whoever pressed. */
export async function pressAll(request: PressRequest, services: Services): Promise<PressResult> {
  const post = await postPressed(request, services);
  return turn(request, await allPage(post, pageIn(request.action[3]), services));
}

async function allPage({ summary, localDate, kept }: Post, page: number, services: Services): Promise<Reply> {
  const { db } = services;
  const ranked = kept.papers.map(({ id }) => id);
  const rest = (await papersOfPost(db, summary.id, localDate)).filter((id) => !ranked.includes(id));
  const ids = [...ranked, ...rest];
  const pages = pageCount(ids.length, PAGE);
  const shown = Math.min(page, pages - 1);
  const papers = await findPapers(db, ids.slice(shown * PAGE, (shown + 1) * PAGE));
  const items = papers.map((paper) => ({ paper, snippet: [{ text: gistOf(paper)?.text ?? '', marked: false }] }));
  const first = shown * PAGE + 1;
  const turning = pagingRow(shown, pages, (target, name) =>
    customId('daily', 'all', summary.id, localDate, target, name),
  );
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: `${editionDay({ localDate, period: summary.period })}: ${count(ids.length, 'paper')}`,
        description: paperList(items, first, LIMITS.description, GIST),
        ...pageFooter(shown, pages),
      },
    ],
    components: [openSelect(papers, first), turning].filter((each) => each !== null),
  };
}

/** *Follow a theme*: which one, or where there is one alone, what following it would catch. */
export async function pressFollow(request: PressRequest, services: Services): Promise<PressResult> {
  const { summary, localDate, kept } = await postPressed(request, services);
  const [only, ...others] = kept.themes;
  if (!only) throw new UserError('This post has no themes. Follow any words with /subscribe.');
  if (others.length === 0) return { reply: await followTheme(only, request, services) };
  const options = kept.themes.map(({ name, papers }, index) => {
    return { label: name, value: String(index), description: count(papers, 'paper') };
  });
  const select = row({
    type: ComponentType.StringSelect,
    custom_id: customId('daily', 'theme', summary.id, localDate),
    placeholder: 'Choose a theme to see what following it would catch',
    options,
  });
  return { reply: { private: true, content: 'Which theme do you want to follow?', components: [select] } };
}

/** A theme was chosen. */
export async function pressTheme(request: PressRequest, services: Services): Promise<PressResult> {
  const { kept } = await postPressed(request, services);
  const theme = kept.themes[Number(request.values[0])];
  if (!theme) throw new UserError('This theme is not there any more. Follow any words with /subscribe.');
  return { reply: await followTheme(theme, request, services) };
}

async function followTheme(
  { name, query }: EditionTheme,
  { reader }: PressRequest,
  services: Services,
): Promise<Reply> {
  const place = own(reader.id, 'message');
  await checkRoom(place, reader.id, services);
  return previewPage({ readerId: reader.id, topic: { ...place, name, query, schedule: null } }, services);
}

/** @throws UserError when the post's summary is gone. */
async function postPressed({ action }: PressRequest, { db, mention }: Services): Promise<Post> {
  const [, id, localDate = ''] = action;
  const summary = await findSummary(db, Number(id) || 0);
  const post = summary && isDay(localDate) ? await findPost(db, summary.id, localDate) : null;
  if (summary && post?.editionJson) {
    return { summary, localDate, kept: JSON.parse(post.editionJson) as KeptEdition };
  }
  throw new UserError(
    `The summary of this post was stopped, so its lists are gone. ${mention('today')} shows the papers of any day.`,
  );
}
