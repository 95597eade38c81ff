import type { APIApplicationCommandAutocompleteInteraction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { givenOptions, requestOf, suggestRequestOf } from '../../src/discord/request.ts';

const text = (name: string, value: string, focused = false) => ({
  type: 3 as const,
  name,
  value,
  ...(focused ? { focused } : {}),
});

function typing(options: object[]): APIApplicationCommandAutocompleteInteraction {
  const data = { id: '3', type: 1, name: 'topics', options };
  return { type: 4, id: '1', guild_id: '7', data, app_permissions: '2048' } as never;
}

describe('the options of a command', () => {
  it('are its values by name', () => {
    expect(givenOptions([text('query', 'robots'), { type: 4, name: 'limit', value: 3 }])).toEqual({
      query: 'robots',
      limit: 3,
    });
    expect(givenOptions()).toEqual({});
  });

  it('name the subcommand and its group', () => {
    expect(givenOptions([{ type: 1, name: 'list' }])).toEqual({ subcommand: 'list' });
    expect(givenOptions([{ type: 1, name: 'edit', options: [text('topic', '4')] }])).toEqual({
      subcommand: 'edit',
      topic: '4',
    });
    const nested = { type: 1 as const, name: 'show', options: [text('as', 'file')] };
    expect(givenOptions([{ type: 2, name: 'data', options: [nested] }])).toEqual({
      group: 'data',
      subcommand: 'show',
      as: 'file',
    });
  });
});

describe('what is typed', () => {
  it('is found in subcommands and groups', () => {
    const list = { type: 1, name: 'list', options: [text('state', 'paused'), text('topic', 'ro', true)] };
    expect(suggestRequestOf(typing([list]))).toMatchObject({
      focused: { name: 'topic', value: 'ro' },
      options: { subcommand: 'list', state: 'paused', topic: 'ro' },
    });
    expect(suggestRequestOf(typing([{ type: 2, name: 'data', options: [list] }]))).toMatchObject({
      focused: { name: 'topic', value: 'ro' },
      options: { group: 'data', subcommand: 'list', topic: 'ro' },
    });
  });

  it('may be a number that is not finished', () => {
    const request = suggestRequestOf(typing([{ type: 4, name: 'hour', value: '1', focused: true }]));
    expect(request?.focused).toEqual({ name: 'hour', value: '1' });
  });

  it('is nothing while no option is being typed', () => {
    expect(suggestRequestOf(typing([]))).toBeNull();
    expect(suggestRequestOf(typing([{ type: 1, name: 'list', options: [] }]))).toBeNull();
  });
});

it('a request knows what the reader may do in the channels that they chose', () => {
  const data = { id: '3', type: 1, name: 'topics', resolved: { channels: { '8': { permissions: '16' }, '9': {} } } };
  expect(requestOf({ type: 2, id: '1', data } as never).chosenChannels).toEqual({ '8': 16n, '9': 0n });
});

it('a request knows what the bot may do in the channel', () => {
  expect(requestOf(typing([])).appPermissions).toBe(2048n);
});
