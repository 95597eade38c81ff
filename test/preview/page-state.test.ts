import { describe, expect, it } from 'vitest';
import { createFill, setTyped } from '../../src/preview/page/composer/fill.ts';
import { currentOffer } from '../../src/preview/page/composer/offer.ts';
import { loseConnection, receive } from '../../src/preview/page/receive.ts';
import { detailLines, readable, shortPath } from '../../src/preview/page/refusal.ts';
import { closedCombo, createState, type State } from '../../src/preview/page/state.ts';
import type { ApiObject, PreviewChannel, ToPage } from '../../src/preview/protocol.ts';

const now = new Date('2026-05-07T12:00:00Z');
const bot = { id: '2', username: 'paperboy', global_name: null, bot: true };

function channel(id: string, type = 0): PreviewChannel {
  return { id, type, name: `channel-${id}`, topic: null, guild_id: '9', parent_id: null, tags: [], archived: false };
}

const SEARCH = {
  id: '1',
  name: 'search',
  description: 'Search',
  options: [
    { name: 'query', description: 'Words', type: 3, required: true, autocomplete: true },
    { name: 'where', description: 'There', type: 7, channel_types: [0] },
    { name: 'who', description: 'A person', type: 9 },
  ],
};

const HELLO: ToPage = {
  type: 'hello',
  user: { id: '3', username: 'ada', global_name: 'Ada', bot: false },
  bot,
  guild: { id: '9', name: 'Readers' },
  people: [{ id: '3', username: 'ada', global_name: 'Ada', bot: false }, bot],
  roles: [
    { id: '9', name: '@everyone', own: true },
    { id: '8', name: 'readers', own: false },
  ],
  channels: [channel('10'), channel('11', 5), channel('12', 1)],
  commands: [SEARCH],
  messages: { '10': [{ id: '100', content: 'old' }] },
  botOnline: true,
};

function connected(): State {
  const state = createState(now);
  receive(state, HELLO, now);
  return state;
}

function message(id: string, content: string, more: ApiObject = {}): ApiObject {
  return { id, content, author: bot, timestamp: now.toISOString(), ...more };
}

/** A page whose reader fills a command in, with the keyboard in `slot`. */
function filling(slot: string): State {
  const state = connected();
  const fill = setTyped(setTyped(createFill(state.calls[0]!), 'where', ''), 'who', '');
  state.drafts.set('10', { text: '', fill });
  state.combo = closedCombo(slot);
  return state;
}

/** What the list shows: the names of choices, the kind of everything else. */
function names(state: State): string[] | undefined {
  return currentOffer(state)?.items.map((item) => (item.kind === 'choice' ? item.name : item.kind));
}

describe('what the page learns', () => {
  it('opens the first channel, unless the address names one', () => {
    expect(connected().channelId).toBe('10');
    const state = createState(now);
    state.channelId = '12';
    receive(state, HELLO, now);
    expect(state.channelId).toBe('12');
  });

  it('adds new messages, replaces changed ones and drops deleted ones', () => {
    const state = connected();
    receive(state, { type: 'message', channelId: '10', message: message('101', 'new') }, now);
    receive(state, { type: 'message', channelId: '10', message: message('100', 'changed') }, now);
    expect(state.messages.get('10')?.map(({ content }) => content)).toEqual(['changed', 'new']);
    receive(state, { type: 'deleted', channelId: '10', messageId: '100' }, now);
    expect(state.messages.get('10')?.map(({ id }) => id)).toEqual(['101']);
  });

  it('counts new messages of other channels, and reads out those of the open one', () => {
    const state = connected();
    receive(state, { type: 'message', channelId: '11', message: message('5', 'a') }, now);
    receive(state, { type: 'message', channelId: '11', message: message('5', 'b') }, now);
    expect(state.unread).toEqual(new Map([['11', 1]]));
    receive(state, { type: 'message', channelId: '10', message: message('6', '**Hello** there') }, now);
    expect(state.announcement).toBe('paperboy: Hello there');
    expect(state.unread.has('10')).toBe(false);
  });

  it('takes the reader’s own answers in another channel for no news', () => {
    const state = connected();
    receive(state, { type: 'message', channelId: '11', message: message('201', 'for you', { flags: 64 }) }, now);
    expect(state.unread.get('11')).toBeUndefined();
  });

  it('counts what came since each channel was on the screen, however long the page was away', () => {
    const state = createState(now);
    state.channelId = '11';
    state.seen = new Map([
      ['10', '99'],
      ['13', '1'],
    ]);
    const messages = {
      '10': [message('98', 'old'), message('100', 'new'), message('101', 'mine', { flags: 64 })],
      '11': [message('200', 'here')],
      '12': [message('300', 'alert'), message('301', 'another')],
    };
    receive(state, { ...HELLO, messages }, now);
    expect(Object.fromEntries(state.unread)).toEqual({ '10': 1, '12': 2 });
    expect(Object.fromEntries(state.seen)).toEqual({ '10': '99', '11': '200' });
  });

  it('keeps quiet while an answer is loading', () => {
    const state = connected();
    receive(state, { type: 'message', channelId: '10', message: message('6', '', { flags: 128 }) }, now);
    expect(state.announcement).toBe('');
  });

  it('takes only the answer to the newest question for suggestions', () => {
    const state = connected();
    state.combo = { ...closedCombo('option:query'), asked: { nonce: 'b', choices: null } };
    receive(state, { type: 'choices', nonce: 'a', choices: [{ name: 'Old', value: 'old' }] }, now);
    expect(state.combo.asked?.choices).toBeNull();
    receive(state, { type: 'choices', nonce: 'b', choices: [{ name: 'New', value: 'new' }] }, now);
    expect(state.combo.asked?.choices).toEqual([{ name: 'New', value: 'new' }]);
  });

  it('gives up what was on its way when the connection is lost, and keeps drafts', () => {
    const state = connected();
    const sent = {
      nonce: 'n',
      kind: 'command' as const,
      channelId: '10',
      messageId: null,
      customId: null,
      text: '/x',
      at: now,
    };
    state.waiting = [{ ...sent, failure: null }];
    state.drafts.set('10', { text: '', fill: setTyped(createFill(state.calls[0]!), 'query', 'graphs') });
    loseConnection(state);
    expect(state.waiting[0]?.failure).toContain('connection was lost');
    receive(state, { ...HELLO, commands: [{ ...SEARCH, id: '77' }] }, now);
    expect(state.connection).toBe('open');
    expect(state.drafts.get('10')?.fill).toMatchObject({ call: { commandId: '77' }, entries: [{ text: 'graphs' }] });
  });
});

describe('what the composer offers', () => {
  it('names channels of the right kind, people and roles', () => {
    expect(names(filling('option:where'))).toEqual(['#channel-10']);
    expect(names(filling('option:who'))).toEqual(['@Ada', '@paperboy', '@everyone', '@readers']);
  });

  it('leaves out commands that are not for direct messages', () => {
    const state = createState(now);
    receive(state, { ...HELLO, commands: [SEARCH, { id: '5', name: 'setup', description: '', contexts: [0] }] }, now);
    state.combo = closedCombo('text');
    for (const id of ['10', '12']) state.drafts.set(id, { text: '/', fill: null });
    expect(names(state)).toHaveLength(2);
    state.channelId = '12';
    expect(names(state)).toHaveLength(1);
  });

  it('is the commands while a slash is typed, and nothing for other text', () => {
    const state = connected();
    state.combo = closedCombo('text');
    state.drafts.set('10', { text: '/se', fill: null });
    expect(names(state)).toEqual(['call']);
    state.drafts.set('10', { text: 'hello', fill: null });
    expect(currentOffer(state)).toBeNull();
  });
});

describe('a refusal', () => {
  it('names each field and why', () => {
    const errors = { data: { embeds: { 0: { title: { _errors: [{ code: 'TOO_LONG', message: 'Too long.' }] } } } } };
    expect(detailLines(JSON.stringify(errors))).toEqual(['data.embeds[0].title: Too long. (TOO_LONG)']);
    expect(readable(`No answer (${JSON.stringify(errors)})`)).toBe(
      'No answer (data.embeds[0].title: Too long. (TOO_LONG))',
    );
    expect(detailLines('plain words')).toEqual(['plain words']);
    expect(detailLines('')).toEqual([]);
  });

  it('is shown without the token of its address', () => {
    expect(shortPath(`/interactions/12/${'x'.repeat(60)}/callback?with_response=false`)).toBe(
      '/interactions/12/…/callback',
    );
  });
});
