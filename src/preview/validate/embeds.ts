import { EMBED, MESSAGE } from './limits.ts';
import {
  checkBoolean,
  checkInteger,
  checkObjects,
  checkText,
  ifObject,
  isAbsent,
  quote,
  textLength,
  type Fields,
  type Place,
} from './problems.ts';
import { checkUrl, WEB, WEB_OR_ATTACHMENT } from './url.ts';

/** An embed with none of these shows nothing. */
const VISIBLE = ['title', 'description', 'fields', 'author', 'footer', 'image', 'thumbnail'];

const ISO_8601 = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:?\d{2}|Z)?)?$/i;

/** Notes what Discord would not take in the embeds of a message. */
export function checkEmbeds(place: Place, value: unknown): void {
  const embeds = checkObjects(place, value, { max: MESSAGE.embeds }, checkEmbed);
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (total > EMBED.total) {
    place.fault('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${EMBED.total}`);
  }
}

function checkEmbed(place: Place, embed: Fields): void {
  const isVisible = VISIBLE.some((name) => !isAbsent(embed[name]) && embed[name] !== '');
  checkText(place.in('description'), embed['description'], { max: EMBED.description, required: !isVisible });
  checkText(place.in('title'), embed['title'], { max: EMBED.title });
  checkUrl(place.in('url'), embed['url'], { max: EMBED.url, schemes: WEB });
  checkInteger(place.in('color'), embed['color'], { min: 0, max: EMBED.color });
  checkTimestamp(place.in('timestamp'), embed['timestamp']);
  for (const name of ['image', 'thumbnail']) checkMedia(place.in(name), embed[name]);
  checkFooter(place.in('footer'), embed['footer']);
  checkAuthor(place.in('author'), embed['author']);
  checkObjects(place.in('fields'), embed['fields'], { max: EMBED.fields }, checkField);
}

function checkTimestamp(place: Place, value: unknown): void {
  if (isAbsent(value)) return;
  if (typeof value === 'string' && ISO_8601.test(value) && !Number.isNaN(Date.parse(value))) return;
  place.fault('DATE_TIME_TYPE_PARSE', `Could not parse ${quote(value)}. Should be ISO8601.`);
}

function checkMedia(place: Place, value: unknown): void {
  const media = ifObject(place, value);
  if (media) checkUrl(place.in('url'), media['url'], { max: EMBED.url, schemes: WEB_OR_ATTACHMENT });
}

function checkFooter(place: Place, value: unknown): void {
  const footer = ifObject(place, value);
  if (!footer) return;
  checkText(place.in('text'), footer['text'], { min: 1, max: EMBED.footer, required: true });
  checkUrl(place.in('icon_url'), footer['icon_url'], { max: EMBED.url, schemes: WEB_OR_ATTACHMENT });
}

function checkAuthor(place: Place, value: unknown): void {
  const author = ifObject(place, value);
  if (!author) return;
  checkText(place.in('name'), author['name'], { min: 1, max: EMBED.author, required: true });
  checkUrl(place.in('url'), author['url'], { max: EMBED.url, schemes: WEB });
  checkUrl(place.in('icon_url'), author['icon_url'], { max: EMBED.url, schemes: WEB_OR_ATTACHMENT });
}

function checkField(place: Place, field: Fields): void {
  checkText(place.in('name'), field['name'], { min: 1, max: EMBED.fieldName, required: true });
  checkText(place.in('value'), field['value'], { min: 1, max: EMBED.fieldValue, required: true });
  checkBoolean(place.in('inline'), field['inline']);
}

function lengthOf(value: unknown, name: string): number {
  const text = (value as Fields | null | undefined)?.[name];
  return typeof text === 'string' ? textLength(text) : 0;
}

/** What counts towards the limit over all embeds of a message. */
function embedLength(embed: Fields): number {
  const fields = Array.isArray(embed['fields']) ? (embed['fields'] as unknown[]) : [];
  const inFields = fields.map((field) => lengthOf(field, 'name') + lengthOf(field, 'value'));
  const direct = lengthOf(embed, 'title') + lengthOf(embed, 'description');
  const nested = lengthOf(embed['footer'], 'text') + lengthOf(embed['author'], 'name');
  return inFields.reduce((sum, length) => sum + length, direct + nested);
}
