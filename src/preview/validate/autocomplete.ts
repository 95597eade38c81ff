import { ApplicationCommandOptionType as Type, type APIApplicationCommandOptionChoice } from 'discord.js';
import { CHOICES } from './limits.ts';
import { asObject, checkItems, checkText, type Place } from './problems.ts';

const STRING: number = Type.String;
const INTEGER: number = Type.Integer;

/** Notes what Discord would not take as suggestions for an option of a type. */
export function checkSuggestions(place: Place, value: unknown, type: number): APIApplicationCommandOptionChoice[] {
  const data = asObject(place, value);
  const items = checkItems(place.in('choices'), data?.['choices'], { max: CHOICES.count }, (at, item) =>
    checkChoiceOf(at, item, type),
  );
  return items as APIApplicationCommandOptionChoice[];
}

/** Notes what Discord would not take as one choice for an option of a type. */
export function checkChoiceOf(place: Place, value: unknown, type: number): void {
  const choice = asObject(place, value);
  if (!choice) return;
  checkText(place.in('name'), choice['name'], { min: 1, max: CHOICES.name, required: true });
  if (type === STRING) {
    checkText(place.in('value'), choice['value'], { min: 1, max: CHOICES.value, required: true });
    return;
  }
  const fits = type === INTEGER ? Number.isInteger(choice['value']) : typeof choice['value'] === 'number';
  if (!fits) place.in('value').fault('NUMBER_TYPE_COERCE', `Value "${String(choice['value'])}" is not a number.`);
}
