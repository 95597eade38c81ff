import { describe, expect, test } from 'vitest';
import { checkModal } from '../../../src/preview/validate/modal.ts';
import { Place } from '../../../src/preview/validate/problems.ts';
import { type Json, BAD, LONG, REQUIRED, button, faults, row, select, times, x } from './faults.ts';

const input = (given: Json = {}): Json => ({ type: 4, custom_id: 'i', style: 1, label: 'L', ...given });
const modal = (given: Json = {}): Json => ({ custom_id: 'm', title: 'T', components: [row(input())], ...given });

function refused(body: unknown): (string | number)[] {
  return faults(() => {
    const place = new Place();
    checkModal(place, body);
    place.refuse();
  });
}

describe('a form', () => {
  test.each<[string, Json, string[]]>([
    ['with one input', modal(), []],
    ['with a select in a label', modal({ components: [{ type: 18, label: 'L', component: select() }] }), []],
    ['with a title of 46', modal({ title: x(46) }), [`title ${BAD}`]],
    ['with a custom id of 101', modal({ custom_id: x(101) }), [`custom_id ${BAD}`]],
    ['without inputs', modal({ components: [] }), [`components ${REQUIRED}`]],
    [
      'with six rows',
      modal({ components: times(6, (i) => row(input({ custom_id: String(i) }))) }),
      [`components ${BAD}`],
    ],
    [
      'with two inputs in a row',
      modal({ components: [row(input(), input({ custom_id: 'j' }))] }),
      [`components.0.components ${BAD}`],
    ],
    [
      'with the same input twice',
      modal({ components: [row(input()), row(input())] }),
      ['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    [
      'with a label of 46',
      modal({ components: [row(input({ label: x(46) }))] }),
      [`components.0.components.0.label ${BAD}`],
    ],
    [
      'with a placeholder of 101',
      modal({ components: [row(input({ placeholder: x(101) }))] }),
      [`components.0.components.0.placeholder ${LONG}`],
    ],
    [
      'with a value of 4001',
      modal({ components: [row(input({ value: x(4001) }))] }),
      [`components.0.components.0.value ${LONG}`],
    ],
    [
      'with a value over its own limit',
      modal({ components: [row(input({ value: 'abc', max_length: 2 }))] }),
      [`components.0.components.0.value ${LONG}`],
    ],
    ['with a button', modal({ components: [row(button())] }), ['components.0.components.0.type BASE_TYPE_CHOICES']],
  ])('%s', (_, body, expected) => {
    expect(refused(body)).toEqual(expected);
  });
});
