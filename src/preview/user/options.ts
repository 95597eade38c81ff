import { ApplicationCommandOptionType as Type, type APIApplicationCommandOption } from 'discord.js';
import { UserError } from '../../core/errors.ts';
import type { PreviewOption } from '../protocol.ts';
import type { World } from '../world.ts';

/** Values by option name, as a test gives them. */
export type OptionValues = Record<string, string | number | boolean>;

interface Declared {
  name: string;
  type: number;
  required?: boolean;
  options?: Declared[];
  choices?: { value: string | number }[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  autocomplete?: boolean;
  channel_types?: number[];
}

const CHANNELS: readonly number[] = [Type.Channel];
const NESTED: readonly number[] = [Type.Subcommand, Type.SubcommandGroup];

/**
 * The options of an interaction for values by name. `path` names the subcommand, outermost first; `focused` the option
 * being typed.
 */
export function buildOptions(
  declared: APIApplicationCommandOption[] | undefined,
  path: string[],
  values: OptionValues,
  focused?: string,
): PreviewOption[] {
  return build(declared ?? [], path, values, focused);
}

function build(declared: Declared[], path: string[], values: OptionValues, focused?: string): PreviewOption[] {
  const [name, ...rest] = path;
  if (name !== undefined) {
    const nested = declared.find((option) => option.name === name && NESTED.includes(option.type));
    if (!nested) throw new UserError(`There is no subcommand "${name}".`);
    return [{ name, type: nested.type, options: build(nested.options ?? [], rest, values, focused) }];
  }
  return Object.entries(values).map(([key, value]) => {
    const option = declared.find((candidate) => candidate.name === key);
    if (!option) throw new UserError(`There is no option "${key}".`);
    return { name: key, type: option.type, value, ...(focused === key ? { focused: true } : {}) };
  });
}

/** The same options. @throws UserError for what Discord's clients would not let a user send. */
export function checkOptions(
  world: World,
  declared: APIApplicationCommandOption[],
  given: PreviewOption[],
): PreviewOption[] {
  check(world, declared, given);
  return given;
}

function check(world: World, declared: Declared[], given: PreviewOption[]): void {
  const needsSubcommand = declared.some(({ type }) => NESTED.includes(type));
  if (needsSubcommand && given.length !== 1) throw new UserError('Choose a subcommand.');
  for (const option of given) {
    const known = declared.find(({ name, type }) => name === option.name && type === option.type);
    if (!known) throw new UserError(`There is no option "${option.name}" of that type.`);
    if (NESTED.includes(known.type)) check(world, known.options ?? [], option.options ?? []);
    else checkValue(known, option.value);
    if (CHANNELS.includes(known.type)) checkChannel(world, known, String(option.value));
  }
  if (needsSubcommand) return;
  const missing = declared.find(({ name, required }) => required && !given.some((option) => option.name === name));
  if (missing) throw new UserError(`The option "${missing.name}" is required.`);
}

/** What a value of each type must be. */
const KINDS: Record<number, [fits: (value: unknown) => boolean, wanted: string]> = {
  [Type.String]: [isText, 'must be a text'],
  [Type.Integer]: [(value) => Number.isInteger(value), 'must be a whole number'],
  [Type.Boolean]: [(value) => typeof value === 'boolean', 'must be true or false'],
  [Type.Number]: [(value) => typeof value === 'number', 'must be a number'],
};

function checkValue(option: Declared, value: PreviewOption['value']): void {
  const { name, choices } = option;
  if (choices?.length && !choices.some((choice) => choice.value === value)) {
    throw new UserError(`"${name}" does not offer "${String(value)}".`);
  }
  const [fits, wanted] = KINDS[option.type] ?? [isText, 'must be an id'];
  if (!fits(value)) throw new UserError(`"${name}" ${wanted}.`);
  if (typeof value === 'number') checkRange(name, value, option.min_value, option.max_value, 'must be');
  if (typeof value === 'string') {
    checkRange(name, value.length, option.min_length ?? 1, option.max_length ?? 6000, 'must have a length');
  }
}

function checkChannel(world: World, { name, channel_types: types }: Declared, id: string): void {
  const channel = world.channels.get(id);
  if (!channel || (types && !types.includes(channel.type)))
    throw new UserError(`"${name}" does not offer that channel.`);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function checkRange(name: string, size: number, min = -Infinity, max = Infinity, what: string): void {
  if (size < min || size > max) throw new UserError(`"${name}" ${what} between ${min} and ${max}.`);
}
