import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { count } from '../../src/discord/render/count.ts';
import { topicLine } from '../../src/topics/transfer-line.ts';
import { changeableTopics } from '../shared/topic-choices.ts';
import { checkMayManage } from '../shared/topic-rights.ts';

/** A reader's topics as a file of JSON Lines, or those of a server's channels. */
export async function exportTopics(of: 'mine' | 'server', request: Request, services: Services): Promise<Reply> {
  const { guildId } = request;
  if (of === 'server') await checkMayManage(request.channelId ?? '', request, services);
  const topics = (await changeableTopics(request, services)).filter((topic) => {
    return topic.guildId === (of === 'server' ? guildId : null);
  });
  if (topics.length === 0) {
    const whose = of === 'server' ? 'No channel of this server follows anything' : 'You follow nothing';
    const description = `${whose} yet, so there is nothing to export.`;
    return { embeds: [{ color: COLOURS.notice, title: 'No topics', description }] };
  }
  const file = {
    name: of === 'server' ? 'server-topics.jsonl' : 'my-topics.jsonl',
    data: Buffer.from(topics.map((topic) => `${topicLine(topic)}\n`).join('')),
    description: `${count(topics.length, 'topic')}, one a line`,
  };
  const content = `${count(topics.length, 'topic')}, one JSON object a line. ${services.mention('topics import')} takes such lines, and shows first what they change.`;
  return { content, files: [file] };
}
