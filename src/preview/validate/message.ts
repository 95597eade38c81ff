import { MessageFlags, type APIMessage } from 'discord.js';
import { refusals } from '../errors.ts';
import type { MessageFields } from '../messages.ts';
import { checkEmbeds } from './embeds.ts';
import { checkLayout, checkRows } from './layout.ts';
import { MESSAGE } from './limits.ts';
import { checkAllowedMentions } from './mentions.ts';
import {
  asObject,
  checkBoolean,
  checkInteger,
  checkList,
  checkObjects,
  checkText,
  isAbsent,
  Place,
  type Fields,
} from './problems.ts';

/** What Components V2 excludes: https://discord.com/developers/docs/components/reference#component-reference */
const EXCLUDED_BY_LAYOUT = ['content', 'embeds', 'poll', 'sticker_ids'];

const NOTHING: Partial<APIMessage> = { attachments: [] };

/**
 * The fields of a request that makes a message with `files` files.
 * @throws ApiError 50035 naming the fields that are over a limit, 50006 for an empty message.
 */
export function checkMessage(body: unknown, files: number, place: Place = new Place()): MessageFields {
  return check(body, NOTHING, files, place);
}

/**
 * The fields of a request that changes `message`.
 * @throws ApiError 50035 naming the fields that are over a limit, 50006 when nothing would be left of it.
 */
export function checkEdit(
  body: unknown,
  message: APIMessage,
  files: number,
  place: Place = new Place(),
): MessageFields {
  return check(body, message, files, place);
}

function check(body: unknown, old: Partial<APIMessage>, files: number, place: Place): MessageFields {
  const fields = asObject(place, body ?? {}) ?? {};
  const flags = (Number(fields['flags'] ?? 0) | (old.flags ?? 0)) & MessageFlags.IsComponentsV2;
  const isLayout = flags !== 0;
  checkInteger(place.in('flags'), fields['flags'], { min: 0, max: Number.MAX_SAFE_INTEGER });
  checkText(place.in('content'), fields['content'], { max: MESSAGE.content });
  checkBoolean(place.in('tts'), fields['tts']);
  checkEmbeds(place.in('embeds'), fields['embeds']);
  checkAllowedMentions(place.in('allowed_mentions'), fields['allowed_mentions']);
  checkAttachments(place.in('attachments'), fields['attachments'], files);
  checkNonce(place, fields);
  checkList(place.in('sticker_ids'), fields['sticker_ids'], { max: MESSAGE.stickers });
  if (isLayout) checkExclusions(place, fields, old);
  if (!isLayout) checkRows(place.in('components'), fields['components']);
  else if (!isAbsent(fields['components']) || !old.components)
    checkLayout(place.in('components'), fields['components']);
  place.refuse();
  if (isEmpty(fields, old, files)) throw refusals.emptyMessage();
  return fields;
}

function checkExclusions(place: Place, fields: Fields, old: Partial<APIMessage>): void {
  const left = { content: old.content, embeds: old.embeds, ...fields } as Fields;
  for (const name of EXCLUDED_BY_LAYOUT) {
    const value = left[name];
    const isUsed = Array.isArray(value) ? value.length > 0 : !isAbsent(value) && value !== '';
    if (!isUsed) continue;
    const text = `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    place.in(name).fault('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', text);
  }
}

function checkAttachments(place: Place, value: unknown, files: number): void {
  checkObjects(place, value, { max: MESSAGE.files }, (at, { id, filename, description }) => {
    checkText(at.in('filename'), filename, { max: MESSAGE.attachmentName });
    checkText(at.in('description'), description, { max: MESSAGE.attachmentDescription });
    if (isAbsent(id)) at.in('id').fault('BASE_TYPE_REQUIRED', 'This field is required');
  });
  if (files > MESSAGE.files) place.fault('BASE_TYPE_MAX_LENGTH', `Must be ${MESSAGE.files} or fewer in length.`);
}

function checkNonce(place: Place, { nonce, enforce_nonce }: Fields): void {
  checkBoolean(place.in('enforce_nonce'), enforce_nonce);
  if (isAbsent(nonce) || Number.isInteger(nonce)) return;
  checkText(place.in('nonce'), nonce, { max: MESSAGE.nonce });
}

/** Whether a message would have nothing to show: what a request does not name stays as it was. */
function isEmpty(fields: Fields, old: Partial<APIMessage>, files: number): boolean {
  const { content = old.content, embeds = old.embeds, components = old.components } = fields;
  const { attachments = old.attachments, poll, sticker_ids } = fields;
  const hasText = typeof content === 'string' && content.trim() !== '';
  const lists = [embeds, components, sticker_ids, old === NOTHING ? [] : attachments];
  const hasItems = lists.some((list) => Array.isArray(list) && list.length > 0);
  return !hasText && !hasItems && files === 0 && isAbsent(poll);
}
