import { ButtonStyle, ComponentType } from 'discord.js';
import { isId } from '../snowflake.ts';
import type { CustomIds } from './custom-ids.ts';
import { COMPONENT } from './limits.ts';
import {
  asObject,
  checkBoolean,
  checkChoice,
  checkInteger,
  checkList,
  checkText,
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
  const items = checkList(at, row['components'], { min: 1, max: COMPONENT.buttonsInRow, required: true });
  const components = items.map((item, index) => asObject(at.in(index), item));
  const hasSelect = components.some((component) => SELECTS.includes(component?.['type'] as number));
  if (hasSelect && items.length > 1) {
    at.fault('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
  for (const [index, component] of components.entries()) {
    if (!component) continue;
    const known = checkChoice(at.in(index, 'type'), component['type'], [ComponentType.Button, ...SELECTS]);
    if (!known) continue;
    if (component['type'] === ComponentType.Button) checkButton(at.in(index), component, ids);
    else checkSelect(at.in(index), component, ids);
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
  for (const [index, item] of checkList(place, value, { max }).entries()) {
    const fields = asObject(place.in(index), item);
    if (fields) checkChoice(place.in(index, 'type'), fields['type'], ['user', 'role', 'channel']);
  }
}

function checkSelectOptions(place: Place, value: unknown, max: number): void {
  const items = checkList(place, value, { min: 1, max: COMPONENT.options, required: true });
  if (max > items.length && items.length > 0) {
    place.fault('BASE_TYPE_BAD_LENGTH', `Must be between ${max} and ${COMPONENT.options} in length.`);
  }
  const seen = new Set<unknown>();
  const options = items.map((item, index) => asObject(place.in(index), item));
  for (const [index, option] of options.entries()) {
    if (!option) continue;
    const at = place.in(index);
    checkText(at.in('label'), option['label'], { min: 1, max: COMPONENT.optionText, required: true });
    checkText(at.in('value'), option['value'], { min: 1, max: COMPONENT.optionText, required: true });
    checkText(at.in('description'), option['description'], { max: COMPONENT.optionText });
    checkEmoji(at.in('emoji'), option['emoji']);
    if (seen.has(option['value'])) {
      at.in('value').fault('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used');
    }
    seen.add(option['value']);
  }
  if (options.filter((option) => option?.['default'] === true).length > max) {
    place.fault('SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', `No more than ${max} options can be set as default`);
  }
}

function checkEmoji(place: Place, value: unknown): void {
  const emoji = isAbsent(value) ? null : asObject(place, value);
  if (!emoji || !isAbsent(emoji['id'])) return;
  const isText = checkText(place.in('name'), emoji['name'], { min: 1, max: COMPONENT.emojiName, required: true });
  if (isText && !EMOJI.test(emoji['name'] as string)) {
    place.in('name').fault('COMPONENT_INVALID_EMOJI', 'Invalid emoji');
  }
}
