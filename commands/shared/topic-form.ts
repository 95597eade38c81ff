import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { PressRequest, Reply, Services } from '../../src/discord/command.ts';
import { customId } from '../../src/discord/custom-id.ts';
import { modal, type ModalField } from '../../src/discord/render/modal.ts';
import { scheduleWords } from '../../src/discord/render/topic-words.ts';
import { LONGEST_QUERY } from '../topics/declaration.ts';
import { LONGEST_NAME } from '../../src/topics/transfer-line.ts';
import { newDraftOf, type Settings } from './topic-draft.ts';
import { nameFor, queryIn } from './topic-name.ts';
import { previewPage } from './topic-preview.ts';
import { parseWhen } from './topic-when.ts';
import { zoneOf } from './topic-zone.ts';

type Fields = Pick<Settings, 'name' | 'query' | 'schedule' | 'toldBy'>;

/** The fields of a topic that can be typed. Who looks into the inbox is never told, so there is no time to ask for. */
export function topicFields({ name, query, schedule, toldBy }: Fields): ModalField[] {
  const fields: ModalField[] = [
    {
      id: 'query',
      label: 'What to look for',
      hint: 'Words, "phrases", -not, OR, author: org: title:',
      value: query,
      max: LONGEST_QUERY,
      isLong: true,
    },
    {
      id: 'name',
      label: 'Name',
      value: name === nameFor('', query) ? '' : name,
      placeholder: 'The query, when this is empty',
      max: LONGEST_NAME,
      optional: true,
    },
  ];
  if (toldBy === 'inbox') return fields;
  const when: ModalField = {
    id: 'when',
    label: 'When to tell',
    hint: 'at once, daily at 08:00, Mondays at 09:00 Europe/Berlin …',
    value: scheduleWords(schedule),
    max: 100,
  };
  return [...fields, when];
}

/**
 * What was typed into these fields.
 * @throws UserError when something of it cannot be understood.
 */
export async function typedTopic(
  { fields, reader }: PressRequest,
  before: Fields,
  services: Services,
): Promise<Pick<Settings, 'name' | 'query' | 'schedule'>> {
  const query = queryIn(fields['query'] ?? before.query);
  const zone = before.schedule?.timezone ?? (await zoneOf(reader.id, services));
  const when = fields['when']?.trim();
  return {
    query,
    name: nameFor(fields['name'], query),
    schedule: when === undefined ? before.schedule : parseWhen(when || 'at once', zone),
  };
}

/** Opens a form with a new topic as it is so far. */
export async function refineForm(
  request: PressRequest,
  services: Services,
): Promise<APIModalInteractionResponseCallbackData> {
  const { topic } = await newDraftOf(request, services);
  return modal(customId('subscribe', 'refined', request.action[1] ?? ''), 'Refine the topic', topicFields(topic));
}

/** The preview of a new topic as it is after the form. */
export async function refined(request: PressRequest, services: Services): Promise<Reply> {
  const draft = await newDraftOf(request, services);
  const typed = await typedTopic(request, draft.topic, services);
  return previewPage({ ...draft, topic: { ...draft.topic, ...typed } }, services);
}
