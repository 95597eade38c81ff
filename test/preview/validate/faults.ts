import { ApiError, type FieldErrors } from '../../../src/preview/errors.ts';

export type Json = Record<string, unknown>;

export const x = (count: number): string => 'x'.repeat(count);
export const times = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => item(i));
export const row = (...components: Json[]): Json => ({ type: 1, components });
export const button = (given: Json = {}): Json => ({ type: 2, style: 1, custom_id: 'a', label: 'A', ...given });
export const option = (value: string): Json => ({ label: value, value });
export const select = (given: Json = {}): Json => ({ type: 3, custom_id: 's', options: [option('a')], ...given });

/** Discord's names for the commonest faults. */
export const LONG = 'BASE_TYPE_MAX_LENGTH';
export const BAD = 'BASE_TYPE_BAD_LENGTH';
export const REQUIRED = 'BASE_TYPE_REQUIRED';

/** Every fault of a refusal as `path CODE`, or its JSON error code when no field is named. */
export function faults(run: () => unknown): (string | number)[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.errors ? leaves(error.errors, '') : [error.code];
  }
}

function leaves(errors: FieldErrors, path: string): string[] {
  return Object.entries(errors).flatMap(([key, value]) =>
    Array.isArray(value) ? value.map(({ code }) => `${path} ${code}`) : leaves(value, path ? `${path}.${key}` : key),
  );
}
