import { ComponentType, TextInputStyle } from 'discord.js';
import { CustomIds } from './custom-ids.ts';
import { checkTextDisplay } from './layout.ts';
import { MODAL } from './limits.ts';
import {
  asObject,
  asTyped,
  checkBoolean,
  checkChoice,
  checkInteger,
  checkItems,
  checkText,
  isAbsent,
  type Fields,
  type Place,
} from './problems.ts';
import { checkSelect, SELECTS } from './rows.ts';

/** File upload, radio group, checkbox group and checkbox: https://discord.com/developers/docs/components/reference */
const OTHER_INPUTS: readonly number[] = [19, 21, 22, 23];

/** Notes what Discord would not take as a form. */
export function checkModal(place: Place, value: unknown): void {
  const modal = asObject(place, value);
  if (!modal) return;
  new CustomIds().check(place.in('custom_id'), modal['custom_id']);
  checkText(place.in('title'), modal['title'], { min: 1, max: MODAL.title, required: true });
  const ids = new CustomIds();
  const bounds = { min: 1, max: MODAL.components, required: true };
  checkItems(place.in('components'), modal['components'], bounds, (at, item) => checkPart(at, item, ids));
}

function checkPart(place: Place, item: unknown, ids: CustomIds): void {
  const part = asTyped(place, item, [ComponentType.ActionRow, ComponentType.TextDisplay, ComponentType.Label]);
  if (!part) return;
  if (part['type'] === ComponentType.TextDisplay) checkTextDisplay(place, part);
  else if (part['type'] === ComponentType.Label) checkLabel(place, part, ids);
  else checkInputRow(place.in('components'), part['components'], ids);
}

function checkInputRow(place: Place, value: unknown, ids: CustomIds): void {
  checkItems(place, value, { min: 1, max: 1, required: true }, (at, item) => {
    const input = asTyped(at, item, [ComponentType.TextInput]);
    if (!input) return;
    checkText(at.in('label'), input['label'], { min: 1, max: MODAL.label, required: true });
    checkTextInput(at, input, ids);
  });
}

function checkLabel(place: Place, label: Fields, ids: CustomIds): void {
  checkText(place.in('label'), label['label'], { min: 1, max: MODAL.label, required: true });
  checkText(place.in('description'), label['description'], { max: MODAL.labelDescription });
  const at = place.in('component');
  const component = asTyped(at, label['component'], [ComponentType.TextInput, ...SELECTS, ...OTHER_INPUTS]);
  if (!component) return;
  if (component['type'] === ComponentType.TextInput) {
    if (!isAbsent(component['label']))
      at.in('label').fault('BASE_TYPE_INVALID', 'The label of an input in a label is not allowed');
    checkTextInput(at, component, ids);
  } else if (SELECTS.includes(component['type'] as number)) checkSelect(at, component, ids);
  else ids.check(at.in('custom_id'), component['custom_id']);
}

function checkTextInput(place: Place, input: Fields, ids: CustomIds): void {
  ids.check(place.in('custom_id'), input['custom_id']);
  checkChoice(place.in('style'), input['style'], [TextInputStyle.Short, TextInputStyle.Paragraph]);
  checkText(place.in('value'), input['value'], { max: MODAL.value });
  checkText(place.in('placeholder'), input['placeholder'], { max: MODAL.placeholder });
  checkInteger(place.in('min_length'), input['min_length'], { min: 0, max: MODAL.value });
  checkInteger(place.in('max_length'), input['max_length'], { min: 1, max: MODAL.value });
  checkBoolean(place.in('required'), input['required']);
  const { value, max_length } = input;
  if (typeof value === 'string' && typeof max_length === 'number' && value.length > max_length) {
    place.in('value').fault('BASE_TYPE_MAX_LENGTH', `Must be ${max_length} or fewer in length.`);
  }
}
