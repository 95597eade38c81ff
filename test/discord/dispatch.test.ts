import { setTimeout as wait } from 'node:timers/promises';
import { type APIInteraction, ComponentType, DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/core/errors.ts';
import { createLog, silentLog } from '../../src/core/log.ts';
import {
  type Command,
  defineCommand,
  type PressRequest,
  type PressResult,
  type Services,
} from '../../src/discord/command.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import { dispatch } from '../../src/discord/dispatch.ts';
import { referenceOf } from '../../src/discord/failure.ts';
import type { Responder } from '../../src/discord/responder.ts';

const ID = '900000000000000001';

interface Said {
  how: 'callback' | 'edit' | 'followUp';
  body: unknown;
}

/** Notes what is answered; `refuse` may make an answer fail. */
function recorder(refuse: (said: Said, index: number) => Error | null = () => null) {
  const said: Said[] = [];
  const note = (how: Said['how']) => async (body: unknown) => {
    const one = { how, body };
    const error = refuse(one, said.length);
    said.push(one);
    if (error) throw error;
  };
  const responder: Responder = { callback: note('callback'), editOriginal: note('edit'), followUp: note('followUp') };
  return { said, responder };
}

function refused(code: number, status = 400): DiscordAPIError {
  return new DiscordAPIError({ code, message: 'refused' }, code, status, 'POST', 'https://discord.test', {});
}

function services(lines: string[] = []): Services {
  return {
    log: createLog('debug', (line) => lines.push(line)),
  } as unknown as Services;
}

const user = { id: '900000000000000002', username: 'ada', global_name: 'Ada' };

function interaction(type: number, data: object, more: object = {}): APIInteraction {
  const base = { id: ID, application_id: '1', token: 't', type, locale: 'en-GB', channel: { id: '5', type: 0 } };
  const member = { user, permissions: String(1 << 11), nick: null };
  return { ...base, guild_id: '7', member, data, ...more } as unknown as APIInteraction;
}

const command = (options: object[] = [], more = {}) =>
  interaction(2, { id: '3', type: 1, name: 'test', options }, more);
const press = (custom_id: string, more = {}) =>
  interaction(
    3,
    { custom_id, component_type: ComponentType.Button },
    { message: { id: '4', interaction_metadata: { user: { id: 'owner' } } }, ...more },
  );

const basic: Omit<Command<{ text?: string | undefined }>, 'run'> = {
  declaration: slashCommand({ name: 'test', description: 'A test' }),
  options: z.object({ text: z.string().max(5, 'at most five letters').optional() }),
};

/** A command whose presses give `result`, after `slow` milliseconds. */
function pressing(result: PressResult, slow = 0, seen: PressRequest[] = []): Command {
  return defineCommand({
    ...basic,
    run: async () => ({ content: 'x' }),
    press: async (request) => {
      seen.push(request);
      await wait(slow);
      return result;
    },
  });
}

function suggesting(suggest: NonNullable<Command['suggest']>): Command[] {
  return [defineCommand({ ...basic, run: async () => ({ content: 'x' }), suggest })];
}

async function answerTo(
  given: APIInteraction,
  commands: Command[],
  options: { deferAfter?: number; log?: string[] } = {},
) {
  const { said, responder } = recorder();
  await dispatch(given, responder, {
    commands,
    services: services(options.log),
    deferAfter: options.deferAfter ?? 1000,
  });
  return said;
}

describe('a command', () => {
  it('is told who asks, from where, and what for', async () => {
    let seen: unknown;
    const test = defineCommand({ ...basic, run: async (request) => ((seen = request), { content: 'hi' }) });
    const said = await answerTo(command([{ type: 3, name: 'text', value: 'abc' }]), [test]);
    expect(seen).toEqual({
      reader: { id: user.id, name: 'Ada' },
      guildId: '7',
      channelId: '5',
      locale: 'en-GB',
      permissions: 2048n,
      chosenChannels: {},
      appPermissions: 0n,
      mayPost: true,
      direct: false,
      options: { text: 'abc' },
    });
    expect(said).toEqual([
      { how: 'callback', body: { type: 4, data: { content: 'hi', allowed_mentions: { parse: [] } } } },
    ]);
  });

  it('knows threads and messages with the bot alone', async () => {
    const seen: unknown[] = [];
    const test = defineCommand({
      ...basic,
      run: async ({ mayPost, direct }) => (seen.push([mayPost, direct]), { content: 'x', private: true }),
    });
    await answerTo(command([], { channel: { id: '5', type: 11 } }), [test]);
    const alone = { guild_id: undefined, member: undefined, user, channel: { id: '5', type: 1 } };
    const said = await answerTo(command([], { ...alone, context: 1 }), [test]);
    await answerTo(command([], { ...alone, context: 2 }), [test]);
    expect(seen).toEqual([
      [false, false],
      [true, true],
      [true, false],
    ]);
    expect(said[0]?.body).not.toHaveProperty('data.flags');
  });

  it('whose options do not pass is not run; the reader is told why, alone', async () => {
    const test = defineCommand({ ...basic, run: async () => Promise.reject(new Error('never')) });
    const said = await answerTo(command([{ type: 3, name: 'text', value: 'too long' }]), [test]);
    expect(said[0]?.body).toMatchObject({ type: 4, data: { content: 'text: at most five letters', flags: 64 } });
  });

  it('that takes long is announced by itself and completed later', async () => {
    const test = defineCommand({ ...basic, run: async () => (await wait(40), { content: 'done' }) });
    const said = await answerTo(command(), [test], { deferAfter: 5 });
    expect(said).toMatchObject([
      { how: 'callback', body: { type: 5 } },
      { how: 'edit', body: { content: 'done', embeds: [], components: [] } },
    ]);
  });

  it('that takes long and is private is announced privately', async () => {
    const test = defineCommand({
      ...basic,
      isPrivate: () => true,
      run: async () => (await wait(40), { content: 'x' }),
    });
    expect((await answerTo(command(), [test], { deferAfter: 5 }))[0]?.body).toEqual({ type: 5, data: { flags: 64 } });
  });

  it('that fails for a reason tells the reader, with outside text neutralised', async () => {
    const test = defineCommand({ ...basic, run: async () => Promise.reject(new UserError('No **such** <@1> thing')) });
    expect((await answerTo(command(), [test]))[0]?.body).toMatchObject({
      data: { content: 'No \\*\\*such\\*\\* \\<@1\\> thing', flags: 64 },
    });
  });

  it('that breaks gives a reference that stands in the log too, and nothing of the error', async () => {
    const log: string[] = [];
    const test = defineCommand({ ...basic, run: async () => Promise.reject(new Error('secret detail')) });
    const [said] = await answerTo(command(), [test], { log });
    const reference = referenceOf(ID);
    expect(reference).toMatch(/^[0-9A-F]{6}$/);
    expect(JSON.stringify(said)).toContain(`**${reference}**`);
    expect(JSON.stringify(said)).not.toContain('secret');
    expect(log.join()).toContain(`"trace":"${reference}"`);
    expect(log.join()).toContain('secret detail');
  });

  it('that breaks after it was announced completes the announcement', async () => {
    const test = defineCommand({ ...basic, run: async () => (await wait(30), Promise.reject(new Error('late'))) });
    const said = await answerTo(command(), [test], { deferAfter: 5 });
    expect(said.map(({ how }) => how)).toEqual(['callback', 'edit']);
    expect(JSON.stringify(said[1])).toContain('Something went wrong');
  });

  it('that nobody knows is answered kindly', async () => {
    expect(JSON.stringify(await answerTo(command(), []))).toContain('from another version of the bot');
  });
});

describe('an answer that Discord refuses', () => {
  const test = defineCommand({ ...basic, run: async () => ({ content: 'x' }) });
  const given = { commands: [test], deferAfter: 1000 };

  it('becomes a plain text, and is logged', async () => {
    const log: string[] = [];
    const { said, responder } = recorder((_, index) => (index === 0 ? refused(50035) : null));
    await dispatch(command(), responder, { ...given, services: services(log) });
    expect(said).toHaveLength(2);
    expect(JSON.stringify(said[1])).toContain('Something went wrong');
    expect(log.join()).toContain(referenceOf(ID));
  });

  it.each([
    ['came too late', 10062, 404],
    ['was given already', 40060, 400],
  ])('because it %s is passed over in silence', async (_, code, status) => {
    const log: string[] = [];
    const { said, responder } = recorder(() => refused(code, status));
    await dispatch(command(), responder, { ...given, services: services(log) });
    expect(said).toHaveLength(1);
    expect(new Set(log.map((line) => (JSON.parse(line) as { level: number }).level))).toEqual(new Set([20]));
  });

  it('every time does not make dispatch reject', async () => {
    const { responder } = recorder(() => refused(50013, 403));
    await expect(dispatch(command(), responder, { ...given, services: services() })).resolves.toBeUndefined();
  });
});

describe('a press', () => {
  it('knows its action, its values and whose message it is on', async () => {
    const seen: PressRequest[] = [];
    const select = { data: { custom_id: 'test:open:7', component_type: ComponentType.StringSelect, values: ['a'] } };
    await answerTo(press('', select), [pressing({ reply: { content: 'x' } }, 0, seen)]);
    expect(seen[0]).toMatchObject({ action: ['open', '7'], values: ['a'], ownerId: 'owner', fields: {} });
  });

  it('changes the message, and may post one more', async () => {
    const said = await answerTo(press('test:x'), [
      pressing({ update: { content: 'new' }, followUp: { content: 'more' } }),
    ]);
    expect(said).toMatchObject([
      { how: 'callback', body: { type: 7, data: { content: 'new', components: [] } } },
      { how: 'followUp', body: { content: 'more' } },
    ]);
  });

  it('that is slow keeps the message until it changes', async () => {
    const said = await answerTo(press('test:x'), [pressing({ update: { content: 'new' } }, 30)], { deferAfter: 5 });
    expect(said).toMatchObject([
      { how: 'callback', body: { type: 6 } },
      { how: 'edit', body: { content: 'new' } },
    ]);
  });

  it('that is slow and replies posts a message of its own', async () => {
    const reply = { content: 'new', private: true };
    const said = await answerTo(press('test:x'), [pressing({ reply }, 30)], { deferAfter: 5 });
    expect(said).toMatchObject([
      { how: 'callback', body: { type: 6 } },
      { how: 'followUp', body: { content: 'new', flags: 64 } },
    ]);
  });

  it('opens a form, or says that it was too slow to', async () => {
    const modal = { custom_id: 'test:form', title: 'Form', components: [] };
    expect((await answerTo(press('test:x'), [pressing({ modal })]))[0]?.body).toEqual({ type: 9, data: modal });
    const late = await answerTo(press('test:x'), [pressing({ modal }, 30)], { deferAfter: 5 });
    expect(late[1]).toMatchObject({ how: 'followUp', body: { content: 'That took too long to open. Try again.' } });
  });

  it('of a form brings what was typed', async () => {
    const seen: PressRequest[] = [];
    const rows = [{ type: 1, components: [{ type: 4, custom_id: 'a', value: '1' }] }];
    const labels = [{ type: 18, component: { type: 4, custom_id: 'b', value: '2' } }];
    const form = interaction(5, { custom_id: 'test:form', components: [...rows, ...labels] });
    await answerTo(form, [pressing({ reply: { content: 'x' } }, 0, seen)]);
    expect(seen[0]?.fields).toEqual({ a: '1', b: '2' });
  });

  it('on a button of an older version is answered', async () => {
    for (const id of ['gone:x', 'test:x', '', ':::']) {
      const said = await answerTo(press(id), [defineCommand({ ...basic, run: async () => ({ content: 'x' }) })]);
      expect(JSON.stringify(said)).toContain('older version');
    }
  });
});

describe('suggestions', () => {
  const typing = interaction(4, {
    id: '3',
    type: 1,
    name: 'test',
    options: [
      { type: 3, name: 'text', value: 'ab', focused: true },
      { type: 5, name: 'private', value: true },
    ],
  });
  it('see what is being typed and the other options', async () => {
    const said = await answerTo(
      typing,
      suggesting(async ({ focused, options }) => [
        { name: `${focused.name}=${focused.value}`, value: JSON.stringify(options) },
      ]),
    );
    expect(said[0]?.body).toEqual({
      type: 8,
      data: { choices: [{ name: 'text=ab', value: '{"text":"ab","private":true}' }] },
    });
  });

  it('are cut to what Discord takes', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      name: `${index} ${'long '.repeat(40)}`,
      value: `v${index}`,
    }));
    const [said] = await answerTo(
      typing,
      suggesting(async () => [
        { name: 'x', value: 'y'.repeat(101) },
        { name: 'x', value: '' },
        ...many.slice(0, 2),
        ...many,
      ]),
    );
    if (!said) throw new Error('Nothing was said.');
    const { choices } = (said.body as { data: { choices: { name: string; value: string }[] } }).data;
    expect(choices).toHaveLength(25);
    expect(choices.every(({ name, value }) => name.length <= 100 && value.length <= 100)).toBe(true);
    expect(new Set(choices.map(({ value }) => value)).size).toBe(25);
  });

  it('that fail or take too long are none', async () => {
    const none = { type: 8, data: { choices: [] } };
    const broken = suggesting(async () => Promise.reject(new Error('broken')));
    expect((await answerTo(typing, broken))[0]?.body).toEqual(none);
    const { said, responder } = recorder();
    const slow = suggesting(async () => (await wait(200), [{ name: 'late', value: 'late' }]));
    await dispatch(typing, responder, { commands: slow, services: services(), suggestWithin: 10 });
    expect(said[0]?.body).toEqual(none);
    expect((await answerTo(typing, []))[0]?.body).toEqual(none);
  });
});

it('a ping is answered with a pong', async () => {
  expect(await answerTo(interaction(1, {}), [])).toEqual([{ how: 'callback', body: { type: 1 } }]);
});

it('an interaction of an unknown kind is logged, not thrown', async () => {
  const { said, responder } = recorder();
  const odd = [interaction(99, {}), interaction(2, { id: '3', type: 2, name: 'test' })];
  for (const each of odd) await dispatch(each, responder, { commands: [], services: { log: silentLog } as Services });
  expect(said).toEqual([]);
});
