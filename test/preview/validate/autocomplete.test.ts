import { InteractionType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { checkFirstAnswer, type Question } from '../../../src/preview/validate/first-answer.ts';
import { BAD, LONG, REQUIRED, faults, times, x } from './faults.ts';

const question = (type: number): Question => ({
  type: InteractionType.ApplicationCommandAutocomplete,
  source: null,
  options: [{ name: 'q', type, value: '', focused: true }],
});

function answer(choices: unknown, type: number): (string | number)[] {
  return faults(() => checkFirstAnswer({ type: 8, data: { choices } }, 0, question(type)));
}

describe('suggestions', () => {
  test.each<[string, unknown, number, string[]]>([
    ['25 of them', times(25, (i) => ({ name: x(100), value: `${i}${x(90)}` })), 3, []],
    ['none', [], 3, []],
    ['26 of them', times(26, () => ({ name: 'a', value: 'a' })), 3, [`data.choices ${LONG}`]],
    ['a name of 101', [{ name: x(101), value: 'a' }], 3, [`data.choices.0.name ${BAD}`]],
    ['an empty name', [{ name: '', value: 'a' }], 3, [`data.choices.0.name ${REQUIRED}`]],
    ['a value of 101', [{ name: 'a', value: x(101) }], 3, [`data.choices.0.value ${BAD}`]],
    ['a number for a text', [{ name: 'a', value: 1 }], 3, ['data.choices.0.value STRING_TYPE_CONVERT']],
    ['a text for a number', [{ name: 'a', value: '1' }], 4, ['data.choices.0.value NUMBER_TYPE_COERCE']],
  ])('%s', (_, choices, type, expected) => {
    expect(answer(choices, type)).toEqual(expected);
  });

  test('are the only answer to typing', () => {
    const reply = { type: 4, data: { content: 'a' } };
    expect(faults(() => checkFirstAnswer(reply, 0, question(3)))).toEqual(['type BASE_TYPE_CHOICES']);
  });
});
