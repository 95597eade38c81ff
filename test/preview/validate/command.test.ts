import { describe, expect, test } from 'vitest';
import { checkCommand, checkCommands } from '../../../src/preview/validate/command.ts';
import { type Json, BAD, LONG, REQUIRED, faults, times, x } from './faults.ts';

const command = (given: Json = {}): Json => ({ name: 'a', description: 'd', ...given });
const text = (name: string, given: Json = {}): Json => ({ type: 3, name, description: 'd', ...given });

describe('a command', () => {
  test.each<[string, Json, string[]]>([
    ['with a dash and digits', command({ name: 'say-it_2' }), []],
    ['in another script', command({ name: '論文' }), []],
    ['with capitals', command({ name: 'Search' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
    ['with a blank', command({ name: 'a b' }), ['name APPLICATION_COMMAND_INVALID_NAME']],
    ['of 33 characters', command({ name: x(33) }), [`name ${BAD}`, 'name APPLICATION_COMMAND_INVALID_NAME']],
    ['without a description', command({ description: '' }), [`description ${REQUIRED}`]],
    ['with a description of 101', command({ description: x(101) }), [`description ${BAD}`]],
    ['with 26 options', command({ options: times(26, (i) => text(`o${i}`)) }), [`options ${LONG}`]],
    [
      'with a required option last',
      command({ options: [text('a'), text('b', { required: true })] }),
      ['options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID'],
    ],
    [
      'with an option twice',
      command({ options: [text('a'), text('a')] }),
      ['options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS'],
    ],
    [
      'with subcommands beside options',
      command({ options: [text('a'), { type: 1, name: 's', description: 'd' }] }),
      ['options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
    ],
    [
      'with a group in a subcommand',
      command({
        options: [{ type: 1, name: 's', description: 'd', options: [{ type: 2, name: 'g', description: 'd' }] }],
      }),
      ['options.0.options.0.type BASE_TYPE_CHOICES'],
    ],
    [
      'with 26 choices',
      command({ options: [text('a', { choices: times(26, (i) => ({ name: String(i), value: 'v' })) })] }),
      [`options.0.choices ${LONG}`],
    ],
    [
      'with choices and suggestions',
      command({ options: [text('a', { autocomplete: true, choices: [{ name: 'n', value: 'v' }] })] }),
      ['options.0.choices APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE'],
    ],
    [
      'with suggestions for a flag',
      command({ options: [{ type: 5, name: 'f', description: 'd', autocomplete: true }] }),
      ['options.0 APPLICATION_COMMAND_OPTIONS_CHOICES_NOT_ALLOWED'],
    ],
    [
      'with an unknown language',
      command({ name_localizations: { xx: 'a' } }),
      ['name_localizations.xx BASE_TYPE_CHOICES'],
    ],
    ['with a context twice', command({ contexts: [0, 0] }), ['contexts SET_TYPE_ALREADY_CONTAINS_VALUE']],
    [
      'with permissions that are none',
      command({ default_member_permissions: 'admin' }),
      ['default_member_permissions NUMBER_TYPE_COERCE'],
    ],
    [
      'of more than 8000 characters',
      command({
        options: times(4, (o) =>
          text(`o${o}`, { choices: times(25, (c) => ({ name: `${c}${x(60)}`, value: x(30) })) }),
        ),
      }),
      [' APPLICATION_COMMAND_TOO_LARGE'],
    ],
  ])('%s', (_, body, expected) => {
    expect(faults(() => checkCommand(body))).toEqual(expected);
  });

  test('with the name of another', () => {
    expect(faults(() => checkCommands([command(), command()]))).toEqual(['1 APPLICATION_COMMANDS_DUPLICATE_NAME']);
  });
});
