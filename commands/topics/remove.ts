import type { PressRequest, PressResult, Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, dangerButton, row } from '../../src/discord/render/components.ts';
import { toldWords } from '../../src/discord/render/topic-words.ts';
import { removeTopic as remove, type Topic } from '../../src/store/topics.ts';
import { changeableTopic, changeableTopics, topicMeant } from '../shared/topic-choices.ts';
import { topicCard } from './card.ts';

/** Asks whether to follow a topic no longer. */
export async function removeTopic(text: string, request: Request, services: Services): Promise<Reply> {
  return question(topicMeant(text, await changeableTopics(request, services)));
}

/** `remove` asks, `removed` does it, `keep` shows the topic as it is. */
export async function pressRemove(request: PressRequest, services: Services): Promise<PressResult> {
  const [action, id] = request.action;
  const topic = await changeableTopic(id, request, services);
  if (action === 'remove') return { update: question(topic) };
  if (action === 'keep') return { update: await topicCard(topic, request, services, 'Nothing was changed.') };
  await remove(services.db, topic.id);
  const description = `**${plain(topic.name, 100)}** is removed. Papers already told stay where they are. ${services.mention('subscribe')} brings it back: it looked for **${plain(topic.query, 1000)}**`;
  return { update: { embeds: [{ color: COLOURS.notice, title: 'Removed', description }] } };
}

function question(topic: Topic): Reply {
  const whose = topic.guildId === null ? 'You are' : 'The channel is';
  const description = `${whose} told ${toldWords(topic)}. Removed, it tells of nothing more, and what it caught leaves the inbox. To stop it for a while, pause it instead.`;
  return {
    embeds: [{ color: COLOURS.notice, title: `Remove “${plain(topic.name, 100)}”?`, description }],
    components: [
      row(
        dangerButton(customId('topics', 'removed', topic.id), 'Remove'),
        button(customId('topics', 'pause', topic.id.toString(36)), 'Pause instead', topic.pausedAt !== null),
        button(customId('topics', 'keep', topic.id), 'Keep'),
      ),
    ],
  };
}
