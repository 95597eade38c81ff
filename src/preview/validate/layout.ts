import { ComponentType } from 'discord.js';
import { CustomIds } from './custom-ids.ts';
import { COMPONENT, EMBED } from './limits.ts';
import {
  asObject,
  asTyped,
  checkInteger,
  checkItems,
  checkObjects,
  checkText,
  textLength,
  type Fields,
  type Place,
} from './problems.ts';
import { checkButton, checkRow } from './rows.ts';
import { checkUrl, WEB_OR_ATTACHMENT } from './url.ts';

/** What may stand in a container; the message itself may hold containers besides. */
const IN_CONTAINER: readonly number[] = [
  ComponentType.ActionRow,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
];

/** Notes what Discord would not take as the components of a message without the flag of Components V2. */
export function checkRows(place: Place, value: unknown): void {
  const ids = new CustomIds();
  checkItems(place, value, { max: COMPONENT.rows }, (at, item) => {
    const row = asTyped(at, item, [ComponentType.ActionRow]);
    if (row) checkRow(at, row, ids);
  });
}

/** Notes what Discord would not take as the components of a message with the flag of Components V2. */
export function checkLayout(place: Place, value: unknown): void {
  const ids = new CustomIds();
  const items = checkItems(place, value, { min: 1, max: COMPONENT.total, required: true }, (at, item) =>
    checkPart(at, item, [...IN_CONTAINER, ComponentType.Container], ids),
  );
  if (countComponents(items) > COMPONENT.total) {
    place.fault('BASE_TYPE_MAX_LENGTH', `Must be ${COMPONENT.total} or fewer in length, with nested components.`);
  }
  const length = textIn(items);
  if (length > COMPONENT.allText) {
    const text = `The text of all components exceeds the maximum size of ${COMPONENT.allText}`;
    place.fault('COMPONENT_MAX_TOTAL_TEXT_SIZE_EXCEEDED', text);
  }
}

function checkPart(place: Place, item: unknown, types: readonly number[], ids: CustomIds): void {
  const part = asTyped(place, item, types);
  if (!part) return;
  switch (part['type']) {
    case ComponentType.ActionRow:
      return checkRow(place, part, ids);
    case ComponentType.Section:
      return checkSection(place, part, ids);
    case ComponentType.TextDisplay:
      return checkTextDisplay(place, part);
    case ComponentType.MediaGallery:
      return checkGallery(place, part);
    case ComponentType.File:
      return checkMedia(place.in('file'), part['file'], ['attachment']);
    case ComponentType.Separator:
      return void checkInteger(place.in('spacing'), part['spacing'], { min: 1, max: 2 });
    default:
      return checkContainer(place, part, ids);
  }
}

function checkContainer(place: Place, container: Fields, ids: CustomIds): void {
  checkInteger(place.in('accent_color'), container['accent_color'], { min: 0, max: EMBED.color });
  const bounds = { min: 1, max: COMPONENT.total, required: true };
  checkItems(place.in('components'), container['components'], bounds, (at, item) =>
    checkPart(at, item, IN_CONTAINER, ids),
  );
}

function checkSection(place: Place, section: Fields, ids: CustomIds): void {
  const bounds = { min: 1, max: COMPONENT.sectionTexts, required: true };
  checkItems(place.in('components'), section['components'], bounds, (at, item) =>
    checkPart(at, item, [ComponentType.TextDisplay], ids),
  );
  const beside = place.in('accessory');
  const accessory = asTyped(beside, section['accessory'], [ComponentType.Button, ComponentType.Thumbnail]);
  if (accessory?.['type'] === ComponentType.Button) checkButton(beside, accessory, ids);
  else if (accessory) checkPicture(beside, accessory);
}

/** Notes what Discord would not take as a text, in a message or in a form. */
export function checkTextDisplay(place: Place, text: Fields): void {
  checkText(place.in('content'), text['content'], { min: 1, max: COMPONENT.textDisplay, required: true });
}

function checkGallery(place: Place, gallery: Fields): void {
  checkObjects(
    place.in('items'),
    gallery['items'],
    { min: 1, max: COMPONENT.galleryItems, required: true },
    checkPicture,
  );
}

function checkPicture(place: Place, picture: Fields): void {
  checkText(place.in('description'), picture['description'], { max: COMPONENT.mediaDescription });
  checkMedia(place.in('media'), picture['media'], WEB_OR_ATTACHMENT);
}

function checkMedia(place: Place, value: unknown, schemes: readonly string[]): void {
  const media = asObject(place, value);
  if (media) checkUrl(place.in('url'), media['url'], { max: COMPONENT.mediaUrl, schemes, required: true });
}

/** What a component holds: its components and its accessory. */
function nestedIn(item: unknown): unknown[] {
  const { components, accessory } = (item ?? {}) as { components?: unknown; accessory?: unknown };
  return [...(Array.isArray(components) ? (components as unknown[]) : []), ...(accessory ? [accessory] : [])];
}

function countComponents(items: unknown[]): number {
  return items.reduce<number>((sum, item) => sum + 1 + countComponents(nestedIn(item)), 0);
}

function textIn(items: unknown[]): number {
  return items.reduce<number>((sum, item) => {
    const { type, content } = (item ?? {}) as { type?: unknown; content?: unknown };
    const own = type === ComponentType.TextDisplay && typeof content === 'string' ? textLength(content) : 0;
    return sum + own + textIn(nestedIn(item));
  }, 0);
}
