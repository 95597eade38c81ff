import type { Paper } from '../../src/core/paper.ts';
import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { link, plain } from '../../src/discord/markdown.ts';
import { titleUrl } from '../../src/discord/links.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { count } from '../../src/discord/render/count.ts';
import { reasonWords } from '../../src/discord/render/reason.ts';
import type { Topic } from '../../src/store/topics.ts';
import { whyOf } from '../../src/topics/why.ts';
import { findPaperFor } from '../shared/find-paper.ts';
import { notOnePaper } from '../shared/not-one-paper.ts';
import { topicMeant, visibleTopics } from '../shared/topic-choices.ts';

/** Topics explained at once; those that have more to say come first. */
const EXPLAINED = 6;
const NAME = 80;
const REASON = 400;

/** Why a paper came for a topic, or for all that the reader may look at, or did not. */
export async function why(
  text: string,
  topic: string | undefined,
  request: Request,
  services: Services,
): Promise<Reply> {
  const visible = await visibleTopics(request, services);
  const topics = topic?.trim() ? [topicMeant(topic, visible)] : visible;
  if (topics.length === 0) {
    const description = `You follow nothing yet, so nothing comes. ${services.mention('subscribe')} changes that.`;
    return { embeds: [{ color: COLOURS.notice, title: 'No topics', description }] };
  }
  const found = await findPaperFor(text, services);
  return found.kind === 'paper'
    ? explained(found.paper, topics, 'Why, or why not', services)
    : notOnePaper(found, text);
}

/** What each topic did with a paper, and why. */
export async function explained(
  paper: Paper,
  topics: readonly Topic[],
  heading: string,
  services: Services,
): Promise<Reply> {
  const reasons = await Promise.all(
    topics.map(async (topic) => ({ topic, reason: await whyOf(topic, paper, services) })),
  );
  const telling = reasons.toSorted((a, b) => Number(isNothing(a.reason.is)) - Number(isNothing(b.reason.is)));
  const lines = telling.slice(0, EXPLAINED).map(({ topic, reason }) => {
    return `**${plain(topic.name, NAME)}**: ${reasonWords(reason, REASON)}`;
  });
  const left = reasons.length - lines.length;
  if (left > 0) lines.push(`-# and ${count(left, 'more topic')}, which you can name with "topic".`);
  const title = link(plain(paper.title, 200) || 'Untitled', titleUrl(paper));
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: heading,
        description: `${title}\n\n${lines.join('\n\n')}`,
      },
    ],
  };
}

function isNothing(is: Awaited<ReturnType<typeof whyOf>>['is']): boolean {
  return is === 'no match' || is === 'not in the archive';
}
