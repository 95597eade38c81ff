import { ButtonStyle, ComponentType } from 'discord.js';
import { isId } from '../snowflake.ts';
import type { CustomIds } from './custom-ids.ts';
import { COMPONENT } from './limits.ts';
import {
  asTyped,
  checkBoolean,
  checkChoice,
  checkInteger,
  checkItems,
  checkObjects,
  checkText,
  ifObject,
  isAbsent,
  type Fields,
  type Place,
} from './problems.ts';
import { checkUrl } from './url.ts';

export const SELECTS: readonly number[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*\d]\uFE0F?\u20E3/u;

/** Notes what Discord would not take as a row of buttons or as a row with a select. */
export function checkRow(place: Place, row: Fields, ids: CustomIds): void {
  const at = place.in('components');
  const bounds = { min: 1, max: COMPONENT.buttonsInRow, required: true };
  const items = checkItems(at, row['components'], bounds, (at, item) => {
    const component = asTyped(at, item, [ComponentType.Button, ...SELECTS]);
    if (component?.['type'] === ComponentType.Button) checkButton(at, component, ids);
    else if (component) checkSelect(at, component, ids);
  });
  const hasSelect = items.some((item) => SELECTS.includes((item as Fields | null)?.['type'] as number));
  if (hasSelect && items.length > 1) {
    at.fault('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
}

export function checkButton(place: Place, button: Fields, ids: CustomIds): void {
  checkText(place.in('label'), button['label'], { max: COMPONENT.label });
  checkBoolean(place.in('disabled'), button['disabled']);
  checkEmoji(place.in('emoji'), button['emoji']);
  if (!checkInteger(place.in('style'), button['style'], { min: 1, max: ButtonStyle.Premium, required: true })) return;
  const { style, custom_id, url } = button;
  if (style === ButtonStyle.Premium) {
    if (!isId(button['sku_id'])) place.in('sku_id').fault('BASE_TYPE_REQUIRED', 'This field is required');
    return;
  }
  if (!isAbsent(custom_id) && !isAbsent(url)) {
    place.fault('BUTTON_COMPONENT_CUSTOM_ID_URL_BOTH', 'A custom id and url cannot both be specified');
  }
  if (style === ButtonStyle.Link) {
    checkUrl(place.in('url'), url, { max: COMPONENT.url, schemes: ['http', 'https', 'discord'], required: true });
  } else ids.check(place.in('custom_id'), custom_id);
  if (!button['label'] && isAbsent(button['emoji'])) {
    place.in('label').fault('BASE_TYPE_REQUIRED', 'A button needs a label or an emoji');
  }
}

/** Notes what Discord would not take as a select, in a message or in a form. */
export function checkSelect(place: Place, select: Fields, ids: CustomIds): void {
  ids.check(place.in('custom_id'), select['custom_id']);
  checkText(place.in('placeholder'), select['placeholder'], { max: COMPONENT.placeholder });
  checkInteger(place.in('min_values'), select['min_values'], { min: 0, max: COMPONENT.options });
  checkInteger(place.in('max_values'), select['max_values'], { min: 1, max: COMPONENT.options });
  checkBoolean(place.in('disabled'), select['disabled']);
  const [min, max] = [Number(select['min_values'] ?? 1), Number(select['max_values'] ?? 1)];
  if (min > max) place.in('min_values').fault('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  if (select['type'] === ComponentType.StringSelect) checkSelectOptions(place.in('options'), select['options'], max);
  else checkDefaults(place.in('default_values'), select['default_values'], max);
}

function checkDefaults(place: Place, value: unknown, max: number): void {
  checkObjects(place, value, { max }, (at, { type }) => checkChoice(at.in('type'), type, ['user', 'role', 'channel']));
}

function checkSelectOptions(place: Place, value: unknown, max: number): void {
  const seen = new Set<unknown>();
  const bounds = { min: 1, max: COMPONENT.options, required: true };
  const options = checkObjects(place, value, bounds, (at, option) => {
    checkText(at.in('label'), option['label'], { min: 1, max: COMPONENT.optionText, required: true });
    checkText(at.in('value'), option['value'], { min: 1, max: COMPONENT.optionText, required: true });
    checkText(at.in('description'), option['description'], { max: COMPONENT.optionText });
    checkEmoji(at.in('emoji'), option['emoji']);
    if (seen.has(option['value'])) {
      at.in('value').fault('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    }
    seen.add(option['value']);
  });
  if (max > options.length && options.length > 0) {
    place.fault('BASE_TYPE_BAD_LENGTH', `Must be between ${max} and ${COMPONENT.options} in length.`);
  }
  if (options.filter((option) => option['default'] === true).length > max) {
    place.fault('SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', `No more than ${max} options can be set as default`);
  }
}

function checkEmoji(place: Place, value: unknown): void {
  const emoji = ifObject(place, value);
  if (!emoji || !isAbsent(emoji['id'])) return;
  const isText = checkText(place.in('name'), emoji['name'], { min: 1, max: COMPONENT.emojiName, required: true });
  if (isText && !EMOJI.test(emoji['name'] as string)) {
    place.in('name').fault('COMPONENT_INVALID_EMOJI', 'Invalid emoji');
  }
}
