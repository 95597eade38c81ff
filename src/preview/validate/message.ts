import type { APIMessage } from 'discord.js';
import type { MessageFields } from '../messages.ts';
import { asObject, Place } from './problems.ts';

/** Where a message goes; limits and allowed fields differ. */
export type Kind = 'channel' | 'interaction';

/**
 * The fields of a request that makes a message.
 * @throws ApiError 50035 naming the fields over a limit, 50006 for an empty message.
 */
export function checkMessage(body: unknown, _files: number, _kind: Kind, place: Place = new Place()): MessageFields {
  const fields = asObject(place, body);
  place.refuse();
  return fields as MessageFields;
}

/** The fields of a request that changes `message`. */
export function checkEdit(body: unknown, _message: APIMessage, files: number, kind: Kind): MessageFields {
  return checkMessage(body, files, kind);
}
