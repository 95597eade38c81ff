import { type APIEmbed, type APIStringSelectComponent, ButtonStyle, ComponentType } from 'discord.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/discord/command.ts';
import { fit, LIMITS } from '../../src/discord/fit.ts';
import { changedMessage, newMessage } from '../../src/discord/message.ts';
import { button, linkButton, row } from '../../src/discord/render/components.ts';
import { checkRequest, hasOpenApi } from '../helpers/openapi.ts';
import { hostile, long } from './hostile.ts';

const text = fc.oneof(hostile, long);
const optional = { requiredKeys: [] as [] };

const embed: fc.Arbitrary<APIEmbed> = fc.record(
  {
    title: text,
    description: text,
    footer: fc.record({ text }),
    author: fc.record({ name: text }),
    fields: fc.array(fc.record({ name: hostile, value: text }), { maxLength: 30 }),
  },
  optional,
);

const select: fc.Arbitrary<APIStringSelectComponent> = fc.record({
  type: fc.constant(ComponentType.StringSelect as const),
  custom_id: fc.string({ minLength: 1, maxLength: 120 }),
  placeholder: text,
  options: fc.array(fc.record({ label: text, value: fc.string({ maxLength: 120 }), description: text }), {
    maxLength: 30,
  }),
});

const anyButton = fc.oneof(
  fc.tuple(fc.string({ maxLength: 120 }), text).map(([id, label]) => button(id, label)),
  fc.tuple(text, fc.oneof(fc.webUrl(), hostile)).map(([label, url]) => linkButton(label, url)),
);

const reply: fc.Arbitrary<Reply> = fc.record(
  {
    content: text,
    embeds: fc.array(embed, { maxLength: 14 }),
    components: fc.array(
      fc.array(fc.oneof({ weight: 4, arbitrary: anyButton }, select), { maxLength: 7 }).map((parts) => row(...parts)),
      { maxLength: 8 },
    ),
  },
  optional,
);

function sizeOf({ title, description, footer, author, fields = [] }: APIEmbed): number {
  const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.join('').length;
}

describe('fit', () => {
  it('leaves a reply within the limits as it is', () => {
    const whole: Reply = {
      content: 'Hello',
      embeds: [{ title: 'T', description: 'D', fields: [{ name: 'n', value: 'v' }] }],
      components: [row(button('a:b', 'Press'))],
      private: true,
    };
    expect(fit(whole)).toEqual(whole);
  });

  it('keeps every limit that only the documentation states, whatever comes in', () => {
    fc.assert(
      fc.property(reply, (given) => {
        const { content = '', embeds = [], components = [] } = fit(given);
        expect(content || embeds.length).toBeTruthy();
        expect(content.length).toBeLessThanOrEqual(LIMITS.content);
        expect(embeds.reduce((sum, each) => sum + sizeOf(each), 0)).toBeLessThanOrEqual(LIMITS.embedText);
        for (const { fields = [], ...rest } of embeds) {
          expect(sizeOf({ fields, ...rest })).toBeGreaterThan(0);
          for (const { name, value } of fields) expect([name.trim(), value.trim()]).not.toContain('');
        }
        const ids = components.flatMap((each) =>
          each.components.flatMap((one) => ('custom_id' in one ? [one.custom_id] : [])),
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(components.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it.skipIf(!hasOpenApi)('makes messages that Discord’s description accepts, whatever comes in', () => {
    fc.assert(
      fc.property(reply, fc.boolean(), (given, hidden) => {
        const created = { type: 4, data: newMessage(given, hidden).message };
        const updated = { type: 7, data: changedMessage(given).message };
        const path = '/interactions/1/token/callback';
        expect(checkRequest('POST', path, created)).toEqual([]);
        expect(checkRequest('POST', path, updated)).toEqual([]);
        expect(checkRequest('PATCH', '/webhooks/1/token/messages/@original', updated.data)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('says how many embeds and fields did not fit', () => {
    const embeds = Array.from({ length: 13 }, (_, index) => ({ title: `Paper ${index}` }));
    expect(fit({ embeds }).content).toBe('-# 3 more did not fit into one message.');
    const fields = Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, value: 'v' }));
    expect(fit({ embeds: [{ fields }] }).embeds?.[0]?.fields?.at(-1)).toEqual({
      name: 'More',
      value: '6 more did not fit.',
    });
  });

  it('shortens the embed that crosses the limit of a message', () => {
    const embeds = Array.from({ length: 3 }, () => ({ description: 'word '.repeat(600) }));
    const fitted = fit({ embeds });
    expect(fitted.embeds?.map(sizeOf)).toEqual([2999, 2999]);
    expect(fitted.content).toContain('1 more');
  });

  it('never sends an empty message', () => {
    expect(fit({}).content).toBe('There is nothing to show.');
    expect(fit({ content: ' ', embeds: [{ description: '\n' }] })).toEqual({ content: 'There is nothing to show.' });
  });

  it('drops buttons that lead nowhere', () => {
    const components = [row(linkButton('ok', 'https://a.example'), linkButton('bad', 'javascript:alert(1)'))];
    expect(fit({ content: 'x', components }).components?.[0]?.components).toEqual([
      { type: ComponentType.Button, style: ButtonStyle.Link, label: 'ok', url: 'https://a.example/' },
    ]);
  });
});

describe('messages', () => {
  it('have no hint on a select where only invisible characters were given', () => {
    const options = [{ label: 'One', value: '1' }];
    const select = {
      type: ComponentType.StringSelect as const,
      custom_id: 'a',
      placeholder: '\u2066'.repeat(151),
      options,
    };
    expect(newMessage({ content: 'x', components: [row(select)] }, false).message.components).toEqual([
      row({ type: ComponentType.StringSelect, custom_id: 'a', options }),
    ]);
  });

  it('mention nobody, and hide what is private', () => {
    expect(newMessage({ content: '@everyone' }, true).message).toEqual({
      content: '@everyone',
      allowed_mentions: { parse: [] },
      flags: 64,
    });
  });

  it('take away what a changed reply does not have', () => {
    expect(changedMessage({ content: 'new' }).message).toEqual({
      content: 'new',
      embeds: [],
      components: [],
      attachments: [],
      allowed_mentions: { parse: [] },
    });
  });

  it('name the files they carry', () => {
    const outgoing = newMessage(
      { content: 'x', files: [{ name: 'a.txt', data: Buffer.from('a'), description: 'A' }] },
      false,
    );
    expect(outgoing.message.attachments).toEqual([{ id: '0', filename: 'a.txt', description: 'A' }]);
    expect(outgoing.files).toEqual([{ name: 'a.txt', data: Buffer.from('a') }]);
  });
});
