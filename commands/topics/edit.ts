import { UserError } from '../../src/core/errors.ts';
import type { PressRequest, PressResult, Reply, Request, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { modal } from '../../src/discord/render/modal.ts';
import { changeTopic, type Topic } from '../../src/store/topics.ts';
import { write } from '../../src/store/write.ts';
import { changeableTopic, changeableTopics, topicMeant } from '../shared/topic-choices.ts';
import { type ChangeDraft, changeDraftOf } from '../shared/topic-draft.ts';
import { topicFields, typedTopic } from '../shared/topic-form.ts';
import { placeOf } from '../shared/topic-place.ts';
import { checkRoom } from '../shared/topic-room.ts';
import { topicCard } from './card.ts';
import { type Change, changeOf, differing, type EditOptions } from './change.ts';
import { changePage } from './change-page.ts';

/** Shows what a change would do before it is saved. */
export async function editTopic(
  text: string,
  options: EditOptions,
  request: Request,
  services: Services,
): Promise<Reply> {
  const topic = topicMeant(text, await changeableTopics(request, services));
  const change = await changeOf(options, topic, request, services);
  const named = Object.values(options).some((value) => value !== undefined);
  const said = named ? 'It is so already; nothing would change.' : 'Press *Edit* to change it.';
  return proposed(topic, change, said, request, services);
}

/** `edit` and `refine` open a form, `edited` and `refined` show what it changes, `apply` saves, `leave` does not. */
export async function pressEdit(request: PressRequest, services: Services): Promise<PressResult> {
  switch (request.action[0]) {
    case 'edit':
      return form(await changeableTopic(request.action[1], request, services), {}, 'edited', request);
    case 'edited':
      return {
        update: await afterForm(await changeableTopic(request.action[1], request, services), {}, request, services),
      };
    case 'refine': {
      const { topic, draft } = await drafted(request, services);
      return form(topic, draft.change, 'refined', request);
    }
    case 'refined': {
      const { topic, draft } = await drafted(request, services);
      return { update: await afterForm(topic, draft.change, request, services) };
    }
    case 'apply':
      return { update: await apply(request, services) };
    default: {
      const { topic } = await drafted(request, services);
      return { update: await topicCard(topic, request, services, 'Nothing was changed.') };
    }
  }
}

async function drafted(request: PressRequest, services: Services): Promise<{ topic: Topic; draft: ChangeDraft }> {
  const draft = await changeDraftOf(request, services);
  return { draft, topic: await changeableTopic(draft.topicId, request, services) };
}

function form(topic: Topic, change: Change, action: string, request: PressRequest): PressResult {
  const fields = topicFields({ ...topic, ...change });
  return { modal: modal(customId('topics', action, request.action[1] ?? ''), 'Change the topic', fields) };
}

async function afterForm(topic: Topic, earlier: Change, request: PressRequest, services: Services): Promise<Reply> {
  const typed = await typedTopic(request, { ...topic, ...earlier }, services);
  return proposed(topic, differing(topic, { ...earlier, ...typed }), 'Nothing was changed.', request, services);
}

async function proposed(
  topic: Topic,
  change: Change,
  unchanged: string,
  request: Request,
  services: Services,
): Promise<Reply> {
  if (Object.keys(change).length === 0) return topicCard(topic, request, services, unchanged);
  return changePage(topic, { readerId: request.reader.id, topicId: topic.id, change }, services);
}

/** Rights and permissions may have changed since the page was shown. */
async function apply(request: PressRequest, services: Services): Promise<Reply> {
  const { topic, draft } = await drafted(request, services);
  const { destination, guildId, mentionRoleId } = { ...topic, ...draft.change };
  if (destination.kind === 'channel') {
    await placeOf({ where: destination.id, mention: mentionRoleId ?? undefined }, request, services);
  }
  const changed = await write(services.db, async (trx) => {
    if (guildId !== topic.guildId) await checkRoom({ guildId }, request.reader.id, { ...services, db: trx });
    return changeTopic(trx, topic.id, draft.change, services.clock());
  });
  if (!changed) throw new UserError('This topic is not there any more.');
  return topicCard(changed, request, services, 'Saved. It counts for papers that come from now on.');
}
