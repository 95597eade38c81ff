import type { PreviewOption } from '../../protocol.ts';
import { OPTION } from '../api.ts';
import { callText, type Call, type Option } from '../commands.ts';

/** One option being filled in. */
export interface Entry {
  name: string;
  /** What the reader sees and types. */
  text: string;
  /** What was chosen from a list; `null` while it is only typed. */
  chosen: string | number | boolean | null;
}

/** A call being filled in. Never changed: every function returns another. */
export interface Fill {
  call: Call;
  /** The options on show, in the order they were added; required ones are always there. */
  entries: Entry[];
}

/** Nothing typed yet: the required options, empty. */
export function createFill(call: Call): Fill {
  return { call, entries: call.options.filter((option) => option.required).map((option) => emptyEntry(option.name)) };
}

function emptyEntry(name: string): Entry {
  return { name, text: '', chosen: null };
}

export function optionOf(fill: Fill, name: string): Option | undefined {
  return fill.call.options.find((option) => option.name === name);
}

export function entryOf(fill: Fill, name: string): Entry | undefined {
  return fill.entries.find((entry) => entry.name === name);
}

/** The optional options not on show. */
export function remainingOptions(fill: Fill): Option[] {
  return fill.call.options.filter((option) => entryOf(fill, option.name) === undefined);
}

export function addOption(fill: Fill, name: string): Fill {
  if (entryOf(fill, name) !== undefined || optionOf(fill, name) === undefined) return fill;
  return { ...fill, entries: [...fill.entries, emptyEntry(name)] };
}

/** Without the option; a required one stays. */
export function removeOption(fill: Fill, name: string): Fill {
  if (optionOf(fill, name)?.required) return fill;
  return { ...fill, entries: fill.entries.filter((entry) => entry.name !== name) };
}

function setEntry(fill: Fill, entry: Entry): Fill {
  const { call, entries } = addOption(fill, entry.name);
  return { call, entries: entries.map((old) => (old.name === entry.name ? entry : old)) };
}

export function setTyped(fill: Fill, name: string, text: string): Fill {
  return setEntry(fill, { name, text, chosen: null });
}

export function setChosen(fill: Fill, name: string, choice: Choice): Fill {
  return setEntry(fill, { name, text: choice.name, chosen: choice.value });
}

/** Whether a value must come from a list. */
export function isListed(option: Option): boolean {
  const listedTypes: Option['type'][] = [OPTION.boolean, OPTION.user, OPTION.channel, OPTION.role, OPTION.mentionable];
  return listedTypes.includes(option.type) || (choicesOf(option) !== null && !hasAutocomplete(option));
}

export function hasAutocomplete(option: Option): boolean {
  return 'autocomplete' in option && (option.autocomplete ?? false);
}

interface Choice {
  name: string;
  value: string | number | boolean;
}

const TRUTHS: Choice[] = [
  { name: 'True', value: true },
  { name: 'False', value: false },
];

/** The fixed choices of an option; `null` when any value goes. */
export function choicesOf(option: Option): Choice[] | null {
  if (option.type === OPTION.boolean) return TRUTHS;
  return 'choices' in option && option.choices !== undefined && option.choices.length > 0 ? option.choices : null;
}

/** The choice that was typed out in full. */
function namedChoice(option: Option, entry: Entry): Choice | undefined {
  const typed = entry.text.trim().toLowerCase();
  return choicesOf(option)?.find(({ name, value }) => [name.toLowerCase(), String(value)].includes(typed));
}

function isEmpty(entry: Entry): boolean {
  return entry.chosen === null && entry.text.trim() === '';
}

/** Why an entry cannot be sent, in words; `null` when it can. */
function problemOf(option: Option, entry: Entry): string | null {
  if (entry.chosen !== null) return null;
  if (isEmpty(entry)) return option.required ? 'This option is required' : null;
  if (isListed(option)) return namedChoice(option, entry) === undefined ? 'Choose one of the list' : null;
  if (option.type === OPTION.integer || option.type === OPTION.number) return numberProblem(option, entry.text);
  return lengthProblem(option, entry.text.trim().length);
}

function numberProblem(option: Option, text: string): string | null {
  const value = Number(text);
  if (!Number.isFinite(value)) return 'Give a number';
  if (option.type === OPTION.integer && !Number.isSafeInteger(value)) return 'Give a whole number';
  const lowest = 'min_value' in option ? option.min_value : undefined;
  const highest = 'max_value' in option ? option.max_value : undefined;
  if (lowest !== undefined && value < lowest) return `At least ${lowest}`;
  return highest !== undefined && value > highest ? `At most ${highest}` : null;
}

function lengthProblem(option: Option, length: number): string | null {
  const least = 'min_length' in option ? (option.min_length ?? 0) : 0;
  // 6000 characters where the declaration sets no limit of its own (Discord's documentation of max_length).
  const most = 'max_length' in option ? (option.max_length ?? 6000) : 6000;
  if (length < least) return `At least ${least} characters`;
  return length > most ? `At most ${most} characters (now ${length})` : null;
}

/** The entries that cannot be sent, by name, with the reason in words; empty when the fill can be sent. */
export function problems(fill: Fill): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of fill.entries) {
    const option = optionOf(fill, entry.name);
    const problem = option && problemOf(option, entry);
    if (problem) found.set(entry.name, problem);
  }
  return found;
}

/**
 * The options in the shape of an interaction, nested under subcommands; entries that are empty or cannot be sent are left
 * out. The one being typed (`focused`) is marked and there whatever it holds by now.
 */
export function toOptions(fill: Fill, focused?: string): PreviewOption[] {
  const values = fill.entries.flatMap((entry): PreviewOption[] => {
    const option = optionOf(fill, entry.name);
    if (option === undefined) return [];
    if (entry.name === focused) return [{ name: entry.name, type: option.type, value: entry.text, focused: true }];
    return isEmpty(entry) || problemOf(option, entry) !== null ? [] : [valueOption(option, entry)];
  });
  return nestUnder(fill.call, values);
}

function valueOption(option: Option, entry: Entry): PreviewOption {
  const isNumber = option.type === OPTION.integer || option.type === OPTION.number;
  const typed = entry.text.trim();
  const named = namedChoice(option, entry);
  return {
    name: option.name,
    type: option.type,
    value: entry.chosen ?? named?.value ?? (isNumber ? Number(typed) : typed),
  };
}

function nestUnder(call: Call, values: PreviewOption[]): PreviewOption[] {
  const names = call.path.slice(1);
  return names.reduceRight<PreviewOption[]>((options, name, index) => {
    const isGroup = index < names.length - 1;
    return [{ name, type: isGroup ? OPTION.group : OPTION.subcommand, options }];
  }, values);
}

/** The same entries for the call as it is registered now; `null` when it is not any more. */
export function rebind(fill: Fill, calls: Call[]): Fill | null {
  const call = calls.find((call) => callText(call) === callText(fill.call));
  if (call === undefined) return null;
  const begun = createFill(call);
  return fill.entries.reduce(
    (result, entry) => (optionOf(result, entry.name) ? setEntry(result, entry) : result),
    begun,
  );
}

/** As one would type it: `/search query: transformers since: 2024`. */
export function fillText(fill: Fill): string {
  const entries = fill.entries.filter((entry) => entry.text !== '').map((entry) => ` ${entry.name}: ${entry.text}`);
  return callText(fill.call) + entries.join('');
}
