import { InteractionResponseType as Type, InteractionType } from 'discord.js';
import type { FirstAnswer } from '../interactions/respond.ts';
import { checkMessage } from './message.ts';
import { asObject, checkChoice, Place } from './problems.ts';

const TO_MESSAGES = [Type.ChannelMessageWithSource, Type.DeferredChannelMessageWithSource];
const TO_COMPONENTS = [...TO_MESSAGES, Type.DeferredMessageUpdate, Type.UpdateMessage];

/** The first answers that an interaction may get. */
function allowedTypes(type: InteractionType, hasMessage: boolean): Type[] {
  switch (type) {
    case InteractionType.Ping:
      return [Type.Pong];
    case InteractionType.ApplicationCommandAutocomplete:
      return [Type.ApplicationCommandAutocompleteResult];
    case InteractionType.ModalSubmit:
      return hasMessage ? TO_COMPONENTS : TO_MESSAGES;
    case InteractionType.MessageComponent:
      return [...TO_COMPONENTS, Type.Modal];
    default:
      return [...TO_MESSAGES, Type.Modal];
  }
}

/**
 * The first answer in the body of a callback.
 * @throws ApiError 50035 naming the fields that are wrong, 50006 for an empty message.
 */
export function checkFirstAnswer(
  body: unknown,
  files: number,
  interaction: { type: InteractionType; hasMessage: boolean },
): FirstAnswer {
  const place = new Place();
  const fields = asObject(place, body);
  place.refuse();
  const type = fields?.['type'] as FirstAnswer['type'];
  checkChoice(place.in('type'), type, allowedTypes(interaction.type, interaction.hasMessage));
  place.refuse();
  const data = fields?.['data'];
  const at = place.in('data');
  switch (type) {
    case Type.ChannelMessageWithSource:
    case Type.UpdateMessage:
      return { type, data: checkMessage(data, files, 'interaction', at) };
    case Type.DeferredChannelMessageWithSource:
      return { type, data: (data ?? {}) as { flags?: number } };
    case Type.DeferredMessageUpdate:
      return { type };
    case Type.ApplicationCommandAutocompleteResult:
    case Type.Modal:
      return { type, data } as FirstAnswer;
  }
}
