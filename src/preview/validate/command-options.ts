import { ApplicationCommandOptionType as Type } from 'discord.js';
import { checkChoiceOf } from './autocomplete.ts';
import { checkNames } from './command-names.ts';
import { CHOICES, COMMAND } from './limits.ts';
import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkItems,
  checkObjects,
  isAbsent,
  textLength,
  type Fields,
  type Place,
} from './problems.ts';

const SUBCOMMAND: number = Type.Subcommand;
const SUBCOMMAND_GROUP: number = Type.SubcommandGroup;
const VALUES: readonly number[] = [3, 4, 5, 6, 7, 8, 9, 10, 11];
const TYPED: readonly number[] = [Type.String, Type.Integer, Type.Number];

/** Which options may stand where: https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups */
const ALLOWED: Record<'command' | 'group' | 'subcommand', readonly number[]> = {
  command: [Type.Subcommand, Type.SubcommandGroup, ...VALUES],
  group: [Type.Subcommand],
  subcommand: VALUES,
};

/** Notes what Discord would not take as the options of a command, a group or a subcommand. */
export function checkOptions(place: Place, value: unknown, parent: keyof typeof ALLOWED): void {
  const names = new Set<unknown>();
  let optionalSeen = false;
  const options = checkObjects(place, value, { max: COMMAND.options }, (at, option) => {
    if (names.has(option['name'])) {
      at.in('name').fault('APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
    }
    names.add(option['name']);
    if (option['required'] === true && optionalSeen) {
      const text = 'Required options must be placed before non-required options';
      at.fault('APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', text);
    }
    optionalSeen ||= option['required'] !== true;
    checkOption(at, option, parent);
  });
  checkMixture(place, options);
}

/** Subcommands and values never stand side by side. */
function checkMixture(place: Place, options: Fields[]): void {
  const nested = options.filter(
    (option) => option['type'] === SUBCOMMAND || option['type'] === SUBCOMMAND_GROUP,
  ).length;
  if (nested === 0 || nested === options.length) return;
  const text = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
  place.fault('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', text);
}

function checkOption(place: Place, option: Fields, parent: keyof typeof ALLOWED): void {
  checkNames(place, option, { isSlash: true });
  if (!checkChoice(place.in('type'), option['type'], ALLOWED[parent])) return;
  const type = option['type'] as number;
  checkBoolean(place.in('required'), option['required']);
  checkBoolean(place.in('autocomplete'), option['autocomplete']);
  if (type === SUBCOMMAND) return checkOptions(place.in('options'), option['options'], 'subcommand');
  if (type === SUBCOMMAND_GROUP) return checkOptions(place.in('options'), option['options'], 'group');
  checkInteger(place.in('min_length'), option['min_length'], { min: 0, max: COMMAND.optionLength });
  checkInteger(place.in('max_length'), option['max_length'], { min: 1, max: COMMAND.optionLength });
  checkChoices(place, option, type);
}

function checkChoices(place: Place, option: Fields, type: number): void {
  const choices = checkItems(place.in('choices'), option['choices'], { max: CHOICES.count }, (at, choice) =>
    checkChoiceOf(at, choice, type),
  );
  const takesChoices = TYPED.includes(type);
  if ((choices.length > 0 || option['autocomplete'] === true) && !takesChoices) {
    place.fault('APPLICATION_COMMAND_OPTIONS_CHOICES_NOT_ALLOWED', 'Options of this type cannot have choices');
    return;
  }
  if (choices.length > 0 && option['autocomplete'] === true) {
    const text = 'Options with autocomplete cannot have choices';
    place.in('choices').fault('APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE', text);
  }
  const names = choices.map((choice) => (choice as Fields | null)?.['name']);
  if (new Set(names).size < names.length) {
    place.in('choices').fault('APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS', 'Choice name already exists');
  }
}

/** Of a text and its translations, the length of the longest. */
function longest(text: unknown, translations: unknown): number {
  const texts = [text, ...(isAbsent(translations) ? [] : Object.values(translations))];
  return Math.max(...texts.map((item) => (typeof item === 'string' ? textLength(item) : 0)));
}

/** What counts towards the limit of all names, descriptions and values of a command. */
export function textOfOptions(fields: Fields): number {
  const { name, name_localizations, description, description_localizations, value, options, choices } = fields;
  const nested = [options, choices].flatMap((list) => (Array.isArray(list) ? (list as Fields[]) : []));
  const own = longest(name, name_localizations) + longest(description, description_localizations);
  const ownValue = typeof value === 'string' ? textLength(value) : 0;
  return nested.reduce((sum, item) => sum + textOfOptions(item ?? {}), own + ownValue);
}
