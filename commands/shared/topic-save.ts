import type { Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { plain } from '../../src/discord/markdown.ts';
import { COLOURS } from '../../src/discord/render/colours.ts';
import { button, row } from '../../src/discord/render/components.ts';
import { toldWords } from '../../src/discord/render/topic-words.ts';
import { findDisabled } from '../../src/store/disabled-destinations.ts';
import { createTopic, type Topic, topicsAt } from '../../src/store/topics.ts';
import { write } from '../../src/store/write.ts';
import type { NewDraft } from './topic-draft.ts';
import { placeOf } from './topic-place.ts';
import { checkRoom } from './topic-room.ts';

/**
 * Saves a topic and says what comes next. Pressed twice, it is saved once.
 * @throws UserError when the reader may not (any more), there are too many, or the name is taken.
 */
export async function saveTopic({ topic: draft }: NewDraft, request: Request, services: Services): Promise<Reply> {
  const { db, clock } = services;
  await checkPlace(draft, request, services);
  const readerId = request.reader.id;
  const topic = await write(db, async (trx) => {
    const there = await topicsAt(trx, draft.destination);
    const same = there.find(({ name, query }) => name === draft.name && query === draft.query);
    if (same) return same;
    await checkRoom(draft, readerId, { ...services, db: trx });
    return createTopic(trx, { ...draft, readerId }, clock());
  });
  return saved(topic, services);
}

/** Rights and permissions may have changed since the preview. */
async function checkPlace({ destination, mentionRoleId }: NewDraft['topic'], request: Request, services: Services) {
  if (destination.kind === 'user') return;
  await placeOf({ where: destination.id, mention: mentionRoleId ?? undefined }, request, services);
}

async function saved(topic: Topic, { db, mention }: Services): Promise<Reply> {
  const whose = topic.guildId === null ? 'You follow' : 'The channel follows';
  const told =
    topic.toldBy === 'inbox' ? `New papers come ${toldWords(topic)}.` : `New papers are told ${toldWords(topic)}.`;
  const closed = topic.toldBy === 'inbox' ? null : await findDisabled(db, topic.destination);
  const warning = closed
    ? `\n\nMessages do not get through there at the moment: ${plain(closed.failure.words, 200)}`
    : '';
  const description = `${whose} **${plain(topic.name, 100)}** from now on. ${told} ${mention('topics list')} shows, changes, pauses and removes topics.${warning}`;
  return {
    embeds: [{ color: COLOURS.papers, title: 'Saved', description }],
    components: [row(button(customId('topics', 'card', topic.id), 'Show the topic'))],
  };
}
