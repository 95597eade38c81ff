import { describe, expect, it } from 'vitest';
import { findCall, listCalls, matchCalls, type Call } from '../../src/preview/page/commands.ts';
import {
  addOption,
  createFill,
  fillText,
  problems,
  rebind,
  remainingOptions,
  removeOption,
  setChosen,
  setTyped,
  toOptions,
} from '../../src/preview/page/composer/fill.ts';
import { readTyped } from '../../src/preview/page/composer/typed.ts';
import { examples } from '../../src/preview/page/examples.ts';

const COMMANDS = [
  {
    id: '1',
    type: 1,
    name: 'search',
    description: 'Search the papers',
    options: [
      {
        name: 'sort',
        description: 'Order',
        type: 3,
        choices: [
          { name: 'Newest', value: 'new' },
          { name: 'Best', value: 'best' },
        ],
      },
      { name: 'query', description: 'Words', type: 3, required: true, min_length: 2, max_length: 20 },
      { name: 'count', description: 'How many', type: 4, min_value: 1, max_value: 10 },
      { name: 'since', description: 'A year', type: 4 },
      { name: 'private', description: 'For you alone', type: 5 },
    ],
  },
  {
    id: '2',
    type: 1,
    name: 'topics',
    description: 'Topics',
    options: [
      { name: 'list', description: 'All of them', type: 1 },
      {
        name: 'channel',
        description: 'Of a channel',
        type: 2,
        options: [
          {
            name: 'add',
            description: 'Follow',
            type: 1,
            options: [{ name: 'where', description: 'There', type: 7, required: true }],
          },
        ],
      },
    ],
  },
  { id: '3', type: 1, name: 'help', description: 'What the bot does' },
  { id: '4', type: 3, name: 'Search this', description: '' },
];

const calls = listCalls(COMMANDS);
const named = (path: string): Call => findCall(calls, path, '') as Call;
const search = createFill(named('search'));

describe('what can be typed after a slash', () => {
  it('is every slash command, or its subcommands', () => {
    expect(calls.map(({ path }) => path.join(' '))).toEqual(['search', 'topics list', 'topics channel add', 'help']);
  });

  it('is found by the beginning of its name first, then by what it says', () => {
    expect(matchCalls(calls, 'h').map(({ path }) => path[0])[0]).toBe('help');
    expect(matchCalls(calls, 'papers').map(({ path }) => path[0])).toEqual(['search']);
    expect(matchCalls(calls, 'nothing')).toEqual([]);
  });

  it('is found for a mention, also after its id changed', () => {
    expect(findCall(calls, 'topics list', '999')?.commandId).toBe('2');
    expect(findCall(calls, 'gone', '1')).toBeNull();
  });

  it('comes with examples that are ready to send', () => {
    expect(examples(calls).map(({ text }) => text)).toEqual(['/search diffusion models', '/help', '/topics list']);
    expect(examples(calls).every(({ fill }) => problems(fill).size === 0)).toBe(true);
  });
});

describe('filling a command in', () => {
  it('begins with the required options and offers the others', () => {
    expect(search.entries.map(({ name }) => name)).toEqual(['query']);
    expect(remainingOptions(search).map(({ name }) => name)).toEqual(['sort', 'count', 'since', 'private']);
    expect(removeOption(search, 'query')).toBe(search);
    expect(removeOption(addOption(search, 'sort'), 'sort').entries).toEqual(search.entries);
  });

  it.each([
    ['query', '', 'This option is required'],
    ['query', 'a', 'At least 2 characters'],
    ['query', 'a'.repeat(21), 'At most 20 characters (now 21)'],
    ['count', 'many', 'Give a number'],
    ['count', '1.5', 'Give a whole number'],
    ['count', '0', 'At least 1'],
    ['count', '11', 'At most 10'],
    ['sort', 'oldest', 'Choose one of the list'],
    ['private', 'maybe', 'Choose one of the list'],
  ])('says what is wrong with %s: %j', (name, text, problem) => {
    expect(problems(setTyped(search, name, text)).get(name)).toBe(problem);
  });

  it('sends values of the right type, and leaves empty options out', () => {
    let fill = setTyped(search, 'query', ' graphs ');
    fill = setTyped(fill, 'count', '3');
    fill = setChosen(fill, 'sort', { name: 'Newest', value: 'new' });
    fill = setTyped(fill, 'private', 'true');
    fill = addOption(fill, 'since');
    expect(problems(fill).size).toBe(0);
    expect(toOptions(fill)).toEqual([
      { name: 'query', type: 3, value: 'graphs' },
      { name: 'count', type: 4, value: 3 },
      { name: 'sort', type: 3, value: 'new' },
      { name: 'private', type: 5, value: true },
    ]);
  });

  it('marks the option being typed, whatever it holds', () => {
    expect(toOptions(search, 'query')).toEqual([{ name: 'query', type: 3, value: '', focused: true }]);
  });

  it('nests options under groups and subcommands', () => {
    const fill = setChosen(createFill(named('topics channel add')), 'where', { name: '#papers', value: '77' });
    expect(toOptions(fill)).toEqual([
      {
        name: 'channel',
        type: 2,
        options: [{ name: 'add', type: 1, options: [{ name: 'where', type: 7, value: '77' }] }],
      },
    ]);
  });

  it('goes on with a new declaration, without the options that are gone', () => {
    const fill = setTyped(setTyped(search, 'query', 'graphs'), 'count', '3');
    const changed = listCalls([
      { id: '9', name: 'search', description: '', options: [{ name: 'query', description: '', type: 3 }] },
    ]);
    expect(rebind(fill, changed)).toMatchObject({
      call: { commandId: '9' },
      entries: [{ name: 'query', text: 'graphs' }],
    });
    expect(rebind(fill, [])).toBeNull();
  });
});

describe('a command typed as one line', () => {
  it('is recognised once its name is complete', () => {
    expect(readTyped(calls, '/searc')).toBeNull();
    expect(readTyped(calls, '/topics ')).toBeNull();
    expect(readTyped(calls, '/Topics channel add ')?.call).toBe(named('topics channel add'));
  });

  it('fills each option that it names', () => {
    const fill = readTyped(calls, '/search query: graphs since: 2024 sort: Newest');
    expect(fill && toOptions(fill).map(({ value }) => value)).toEqual(['graphs', 2024, 'new']);
    expect(fill && readTyped(calls, fillText(fill))).toEqual(fill);
  });

  it('goes to the first option as it is when it names none first, colons and all', () => {
    const fill = readTyped(calls, '/search since:2024 graphs');
    expect(fill?.entries).toEqual([{ name: 'query', text: 'since:2024 graphs', chosen: null }]);
  });
});
