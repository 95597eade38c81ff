import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row } from '../../src/discord/render/components.ts';
import { count } from '../../src/discord/render/count.ts';
import { pageCount, pageFooter, pagingRow } from '../../src/discord/render/paging.ts';
import { topicSelect } from '../../src/discord/render/topic-select.ts';
import { stateWords, toldWords } from '../../src/discord/render/topic-words.ts';
import { capital } from '../../src/discord/text.ts';
import type { Topic } from '../../src/store/topics.ts';
import { changeableTopics, visibleTopics } from '../shared/topic-choices.ts';

/** Topics a page; with names and queries at their longest they fit into an embed. */
const PAGE = 8;
const NAME = 100;
const QUERY = 160;

/** What a reader follows, and what channels follow that they may look at; a page of it, counted from 0. */
export async function topicList(page: number, request: Request, services: Services): Promise<Reply> {
  const topics = await visibleTopics(request, services);
  if (topics.length === 0) return noTopics(services);
  const own = topics.filter(({ guildId }) => guildId === null).length;
  const pages = pageCount(topics.length, PAGE);
  const shown = Math.min(page, pages - 1);
  const items = topics.slice(shown * PAGE, (shown + 1) * PAGE);
  const changeable = new Set((await changeableTopics(request, services)).map(({ id }) => id));
  const lines = items.map((topic, index) => {
    const previous = topics[shown * PAGE + index - 1];
    const isFirst = index === 0 || (previous?.guildId === null && topic.guildId !== null);
    const head = isFirst && own < topics.length ? `${groupName(topic)}\n` : '';
    return `${head}${topicLines(topic, services.clock())}`;
  });
  const components = [
    topicSelect(
      customId('topics', 'open'),
      'Open a topic, to change, pause or remove it',
      items.filter(({ id }) => changeable.has(id)),
      ({ id }) => String(id),
    ),
    pagingRow(shown, pages, (target, name) => customId('topics', 'list', target, name)),
  ];
  return {
    embeds: [
      {
        color: COLOURS.papers,
        title: heading(own, topics.length - own),
        description: lines.join('\n'),
        ...pageFooter(shown, pages),
      },
    ],
    components: components.filter((each) => each !== null),
  };
}

function heading(own: number, channels: number): string {
  if (channels === 0) return `You follow ${count(own, 'topic')}`;
  const here = `${count(channels, 'topic')} of channels`;
  return own === 0 ? capital(here) : `${count(own, 'topic')} of yours, ${here}`;
}

function groupName({ guildId }: Topic): string {
  return guildId === null ? '### Yours' : '### Channels of this server';
}

/** Its name, what it looks for, and where, when and whether it tells. */
function topicLines(topic: Topic, now: Date): string {
  const name = `**${plain(topic.name, NAME)}**`;
  const state = stateWords(topic, now);
  return [
    topic.name === topic.query ? name : `${name}: ${plain(topic.query, QUERY)}`,
    `-# ${[capital(toldWords(topic)), state].filter(Boolean).join(' · ')}`,
  ].join('\n');
}

function noTopics({ mention }: Services): Reply {
  const description = `You follow nothing yet. ${mention('subscribe')} tells you of new papers on a subject; before anything is saved you see what it would have caught. Or begin with a ready topic.`;
  return {
    embeds: [{ color: COLOURS.notice, title: 'No topics', description }],
    components: [row(button(customId('topics', 'starters'), 'Ready topics'))],
  };
}
