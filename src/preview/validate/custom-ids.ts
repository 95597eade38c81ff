import { COMPONENT } from './limits.ts';
import { checkText, type Place } from './problems.ts';

/** Checks the `custom_id`s of one message or form: present, short enough, and each there once. */
export class CustomIds {
  readonly #seen = new Set<string>();

  check(place: Place, value: unknown): void {
    if (!checkText(place, value, { min: 1, max: COMPONENT.customId, required: true })) return;
    if (this.#seen.has(value))
      place.fault('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
    this.#seen.add(value);
  }
}
