import {
  ApplicationCommandOptionType,
  InteractionResponseType as Type,
  InteractionType,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { FirstAnswer } from '../interactions/respond.ts';
import type { PreviewOption } from '../protocol.ts';
import { checkSuggestions } from './autocomplete.ts';
import { checkEdit, checkMessage } from './message.ts';
import { checkModal } from './modal.ts';
import { asObject, checkChoice, checkInteger, Place } from './problems.ts';

const TO_MESSAGES = [Type.ChannelMessageWithSource, Type.DeferredChannelMessageWithSource];
const TO_COMPONENTS = [...TO_MESSAGES, Type.DeferredMessageUpdate, Type.UpdateMessage];

/** What the check of an answer depends on. */
export interface Question {
  type: InteractionType;
  /** The message that has the component. */
  source: APIMessage | null;
  /** The options of a command, one of them being typed. */
  options: PreviewOption[];
}

/** The first answers that an interaction may get. */
function allowedTypes({ type, source }: Question): Type[] {
  switch (type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return [Type.ApplicationCommandAutocompleteResult];
    case InteractionType.ModalSubmit:
      return source ? TO_COMPONENTS : TO_MESSAGES;
    case InteractionType.MessageComponent:
      return [...TO_COMPONENTS, Type.Modal];
    default:
      return [...TO_MESSAGES, Type.Modal];
  }
}

function focusedType(options: PreviewOption[]): number {
  for (const option of options) {
    if (option.focused) return option.type;
    if (option.options) return focusedType(option.options);
  }
  return ApplicationCommandOptionType.String;
}

/**
 * The first answer in the body of a callback.
 * @throws ApiError 50035 naming the fields that are wrong, 50006 for an empty message.
 */
export function checkFirstAnswer(body: unknown, files: number, question: Question): FirstAnswer {
  const place = new Place();
  const fields = asObject(place, body) ?? {};
  place.refuse();
  checkChoice(place.in('type'), fields['type'], allowedTypes(question));
  place.refuse();
  const answer = checkData(place.in('data'), fields, files, question);
  place.refuse();
  return answer;
}

function checkData(place: Place, fields: Record<string, unknown>, files: number, question: Question): FirstAnswer {
  const type = fields['type'] as FirstAnswer['type'];
  const data: unknown = fields['data'];
  switch (type) {
    case Type.ChannelMessageWithSource:
      return { type, data: checkMessage(data, files, place) };
    case Type.UpdateMessage:
      return { type, data: question.source ? checkEdit(data, question.source, files, place) : {} };
    case Type.DeferredChannelMessageWithSource: {
      const { flags = 0 } = (data ?? {}) as { flags?: number };
      checkInteger(place.in('flags'), flags, { min: 0, max: Number.MAX_SAFE_INTEGER });
      return { type, data: { flags } };
    }
    case Type.ApplicationCommandAutocompleteResult:
      return { type, data: { choices: checkSuggestions(place, data, focusedType(question.options)) } };
    case Type.Modal:
      checkModal(place, data);
      return { type, data: data as APIModalInteractionResponseCallbackData };
    default:
      return { type };
  }
}
