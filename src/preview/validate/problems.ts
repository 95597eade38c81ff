import { ApiError, type FieldErrors } from '../errors.ts';

interface Fault {
  path: (string | number)[];
  code: string;
  message: string;
}

/** A place in a request, where faults can be noted. All places of one request share their list. */
export class Place {
  readonly #path: (string | number)[];
  readonly #faults: Fault[];

  constructor(path: (string | number)[] = [], faults: Fault[] = []) {
    this.#path = path;
    this.#faults = faults;
  }

  in(...keys: (string | number)[]): Place {
    return new Place([...this.#path, ...keys], this.#faults);
  }

  fault(code: string, message: string): void {
    this.#faults.push({ path: this.#path, code, message });
  }

  /** @throws ApiError 50035 naming every fault noted so far, if there is one. */
  refuse(): void {
    if (this.#faults.length === 0) return;
    const errors: FieldErrors = {};
    for (const fault of this.#faults) addFault(errors, fault);
    throw new ApiError(400, 50035, 'Invalid Form Body', errors);
  }
}

function addFault(errors: FieldErrors, { path, code, message }: Fault): void {
  let place = errors;
  for (const key of path) {
    place[key] ??= {};
    place = place[key] as FieldErrors;
  }
  place['_errors'] ??= [];
  (place['_errors'] as { code: string; message: string }[]).push({ code, message });
}

export type Fields = Record<string, unknown>;

/** `value` as an object; notes a fault and returns `null` when it is none. */
export function asObject(place: Place, value: unknown): Fields | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  if (value === undefined || value === null) place.fault('BASE_TYPE_REQUIRED', 'This field is required');
  else place.fault('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
  return null;
}

/** The same for what may be left out: then `null`, and no fault. */
export function ifObject(place: Place, value: unknown): Fields | null {
  return isAbsent(value) ? null : asObject(place, value);
}

/** `value` as an object whose `type` is one of `types`; notes a fault and returns `null` when it is none. */
export function asTyped(place: Place, value: unknown, types: readonly number[]): Fields | null {
  const fields = asObject(place, value);
  return fields && checkChoice(place.in('type'), fields['type'], types) ? fields : null;
}

/** A value as a refusal quotes it. */
export function quote(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Whether a field was left out; `null` counts as left out. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

export interface Bounds {
  min?: number;
  max: number;
  required?: boolean;
}

function checkBounds(place: Place, size: number, { min = 0, max }: Bounds): void {
  if (min === 1 && size === 0) place.fault('BASE_TYPE_REQUIRED', 'This field is required');
  else if (min > 0 && (size < min || size > max)) {
    place.fault('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  } else if (size > max) place.fault('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
}

function requirePresence(place: Place, value: unknown, required: boolean | undefined): boolean {
  if (isAbsent(value)) {
    if (required) place.fault('BASE_TYPE_REQUIRED', 'This field is required');
    return false;
  }
  return true;
}

/**
 * How long Discord takes a text to be. Discord counts code points
 * (https://github.com/discord/discord-api-docs/issues/1315); its own clients count UTF-16 code units, which are never
 * fewer. The stricter of the two holds here.
 */
export function textLength(text: string): number {
  return text.length;
}

/** Notes a fault unless `value` is a text within bounds, without the white space around it. */
export function checkText(place: Place, value: unknown, bounds: Bounds): value is string {
  if (!requirePresence(place, value, bounds.required)) return false;
  if (typeof value !== 'string') {
    place.fault('STRING_TYPE_CONVERT', 'Could not interpret value as string.');
    return false;
  }
  checkBounds(place, textLength(value.trim()) === 0 ? 0 : textLength(value), bounds);
  return true;
}

/** The items of a list; notes a fault unless there are as many as allowed. Empty when it is absent or no list. */
export function checkList(place: Place, value: unknown, bounds: Bounds): unknown[] {
  if (!requirePresence(place, value, bounds.required)) return [];
  if (!Array.isArray(value)) {
    place.fault('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    return [];
  }
  checkBounds(place, value.length, bounds);
  return value as unknown[];
}

/** The same, with a check of each item. */
export function checkItems(
  place: Place,
  value: unknown,
  bounds: Bounds,
  check: (at: Place, item: unknown) => void,
): unknown[] {
  const items = checkList(place, value, bounds);
  for (const [index, item] of items.entries()) check(place.in(index), item);
  return items;
}

/** The same for objects; notes a fault for an item that is none, and leaves it out. */
export function checkObjects(
  place: Place,
  value: unknown,
  bounds: Bounds,
  check: (at: Place, fields: Fields) => void,
): Fields[] {
  const objects: Fields[] = [];
  checkItems(place, value, bounds, (at, item) => {
    const fields = asObject(at, item);
    if (!fields) return;
    check(at, fields);
    objects.push(fields);
  });
  return objects;
}

/** Notes a fault unless `value` is absent or a whole number within bounds. */
export function checkInteger(
  place: Place,
  value: unknown,
  bounds: { min: number; max: number; required?: boolean },
): boolean {
  if (!requirePresence(place, value, bounds.required)) return false;
  if (!Number.isInteger(value)) place.fault('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
  else if ((value as number) < bounds.min) {
    place.fault('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${bounds.min}.`);
  } else if ((value as number) > bounds.max) {
    place.fault('NUMBER_TYPE_MAX', `int value should be less than or equal to ${bounds.max}.`);
  } else return true;
  return false;
}

/** Notes a fault unless `value` is absent or a boolean. */
export function checkBoolean(place: Place, value: unknown): void {
  if (!isAbsent(value) && typeof value !== 'boolean') {
    place.fault('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  }
}

/** Notes a fault unless `value` is one of `choices`. */
export function checkChoice(place: Place, value: unknown, choices: readonly (number | string)[]): boolean {
  if (choices.includes(value as number | string)) return true;
  place.fault('BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
  return false;
}
