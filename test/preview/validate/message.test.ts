import { MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { checkEdit, checkMessage } from '../../../src/preview/validate/message.ts';
import { type Json, BAD, LONG, REQUIRED, button, faults, option, row, select, times, x } from './faults.ts';

const link = (url: string): Json => ({ type: 2, style: 5, url, label: 'A' });
const layout = (...components: Json[]): Json => ({ flags: MessageFlags.IsComponentsV2, components });
const text = (content: string): Json => ({ type: 10, content });

describe('a message at a limit is taken', () => {
  test.each<[string, Json]>([
    ['2000 characters', { content: x(2000) }],
    ['ten embeds of 600 characters', { embeds: times(10, () => ({ description: x(600) })) }],
    [
      'a full embed',
      { embeds: [{ title: x(256), description: x(4096), footer: { text: x(1392) }, author: { name: x(256) } }] },
    ],
    ['25 fields', { embeds: [{ fields: times(25, () => ({ name: x(100), value: x(140) })) }] }],
    [
      'five rows of five buttons',
      { components: times(5, (r) => row(...times(5, (b) => button({ custom_id: `${r}${b}` })))) },
    ],
    [
      'a select of 25 options',
      { components: [row(select({ options: times(25, (i) => option(String(i))), max_values: 25 }))] },
    ],
    ['a link of 512 characters', { components: [row(link(`https://a.b/${x(500)}`))] }],
    ['a layout of 40 parts', layout(...times(40, () => text('a')))],
    ['a layout of 4000 characters', layout({ type: 17, components: [text(x(2000)), text(x(2000))] })],
    ['a poll', { poll: { question: { text: 'a' } } }],
  ])('%s', (_, body) => {
    expect(faults(() => checkMessage(body, 0))).toEqual([]);
  });

  test('a file alone', () => expect(faults(() => checkMessage({}, 1))).toEqual([]));
});

describe('a message over a limit is refused, and the field is named', () => {
  test.each<[string, Json, (string | number)[]]>([
    ['2001 characters', { content: x(2001) }, [`content ${LONG}`]],
    ['an emoji too many, in UTF-16', { content: '😀'.repeat(1001) }, [`content ${LONG}`]],
    ['nothing', {}, [50006]],
    ['white space', { content: ' \n ' }, [50006]],
    ['eleven embeds', { embeds: times(11, () => ({ title: 'a' })) }, [`embeds ${LONG}`]],
    ['an empty embed', { embeds: [{}] }, [`embeds.0.description ${REQUIRED}`]],
    ['an embed with a colour alone', { embeds: [{ color: 1 }] }, [`embeds.0.description ${REQUIRED}`]],
    [
      '6001 characters in embeds',
      { embeds: [{ description: x(4096) }, { description: x(1905) }] },
      ['embeds MAX_EMBED_SIZE_EXCEEDED'],
    ],
    ['a title of 257', { embeds: [{ title: x(257) }] }, [`embeds.0.title ${LONG}`]],
    ['a description of 4097', { embeds: [{ description: x(4097) }] }, [`embeds.0.description ${LONG}`]],
    ['a footer of 2049', { embeds: [{ footer: { text: x(2049) } }] }, [`embeds.0.footer.text ${BAD}`]],
    ['an author of 257', { embeds: [{ author: { name: x(257) } }] }, [`embeds.0.author.name ${BAD}`]],
    ['26 fields', { embeds: [{ fields: times(26, () => ({ name: 'a', value: 'b' })) }] }, [`embeds.0.fields ${LONG}`]],
    [
      'an empty field name',
      { embeds: [{ fields: [{ name: '', value: 'b' }] }] },
      [`embeds.0.fields.0.name ${REQUIRED}`],
    ],
    [
      'a blank field value',
      { embeds: [{ fields: [{ name: 'a', value: ' ' }] }] },
      [`embeds.0.fields.0.value ${REQUIRED}`],
    ],
    [
      'a field name of 257',
      { embeds: [{ fields: [{ name: x(257), value: 'b' }] }] },
      [`embeds.0.fields.0.name ${BAD}`],
    ],
    [
      'a field value of 1025',
      { embeds: [{ fields: [{ name: 'a', value: x(1025) }] }] },
      [`embeds.0.fields.0.value ${BAD}`],
    ],
    ['a colour out of range', { embeds: [{ title: 'a', color: 0x1000000 }] }, ['embeds.0.color NUMBER_TYPE_MAX']],
    ['an address that is none', { embeds: [{ title: 'a', url: 'arxiv' }] }, ['embeds.0.url URL_TYPE_INVALID_URL']],
    [
      'an address of another kind',
      { embeds: [{ title: 'a', url: 'javascript:alert(1)' }] },
      ['embeds.0.url URL_TYPE_INVALID_SCHEME'],
    ],
    [
      'a time that is none',
      { embeds: [{ title: 'a', timestamp: 'today' }] },
      ['embeds.0.timestamp DATE_TIME_TYPE_PARSE'],
    ],
    ['six rows', { components: times(6, (i) => row(button({ custom_id: String(i) }))) }, [`components ${LONG}`]],
    ['an empty row', { components: [row()] }, [`components.0.components ${REQUIRED}`]],
    [
      'six buttons in a row',
      { components: [row(...times(6, (i) => button({ custom_id: String(i) })))] },
      [`components.0.components ${BAD}`],
    ],
    ['a button outside a row', { components: [button()] }, ['components.0.type BASE_TYPE_CHOICES']],
    ['a text without the flag of layouts', { components: [text('a')] }, ['components.0.type BASE_TYPE_CHOICES']],
    ['a label of 81', { components: [row(button({ label: x(81) }))] }, [`components.0.components.0.label ${LONG}`]],
    [
      'a button without a label',
      { components: [row(button({ label: null }))] },
      [`components.0.components.0.label ${REQUIRED}`],
    ],
    [
      'a custom id of 101',
      { components: [row(button({ custom_id: x(101) }))] },
      [`components.0.components.0.custom_id ${BAD}`],
    ],
    [
      'a button without a custom id',
      { components: [row(button({ custom_id: null }))] },
      [`components.0.components.0.custom_id ${REQUIRED}`],
    ],
    [
      'the same custom id twice',
      { components: [row(button()), row(select({ custom_id: 'a' }))] },
      ['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    [
      'a link without an address',
      { components: [row({ type: 2, style: 5, label: 'A' })] },
      [`components.0.components.0.url ${REQUIRED}`],
    ],
    [
      'a link of 513 characters',
      { components: [row(link(`https://a.b/${x(501)}`))] },
      [`components.0.components.0.url ${LONG}`],
    ],
    [
      'an emoji that is none',
      { components: [row(button({ emoji: { name: 'smile' } }))] },
      ['components.0.components.0.emoji.name COMPONENT_INVALID_EMOJI'],
    ],
    [
      'a select beside a button',
      { components: [row(button(), select())] },
      ['components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
    ],
    [
      '26 options',
      { components: [row(select({ options: times(26, (i) => option(String(i))) }))] },
      [`components.0.components.0.options ${BAD}`],
    ],
    ['no options', { components: [row(select({ options: [] }))] }, [`components.0.components.0.options ${REQUIRED}`]],
    [
      'an option value twice',
      { components: [row(select({ options: [option('a'), option('a')] }))] },
      ['components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED'],
    ],
    [
      'an option label of 101',
      { components: [row(select({ options: [{ label: x(101), value: 'a' }] }))] },
      [`components.0.components.0.options.0.label ${BAD}`],
    ],
    [
      'an option description of 101',
      { components: [row(select({ options: [{ ...option('a'), description: x(101) }] }))] },
      [`components.0.components.0.options.0.description ${LONG}`],
    ],
    [
      'a placeholder of 151',
      { components: [row(select({ placeholder: x(151) }))] },
      [`components.0.components.0.placeholder ${LONG}`],
    ],
    [
      'more values than options',
      { components: [row(select({ max_values: 2 }))] },
      [`components.0.components.0.options ${BAD}`],
    ],
    [
      'eleven attachments',
      { attachments: times(11, (i) => ({ id: String(i) })), content: 'a' },
      [`attachments ${LONG}`],
    ],
    ['a nonce of 26', { content: 'a', nonce: x(26) }, [`nonce ${LONG}`]],
    [
      'an unknown mention',
      { content: 'a', allowed_mentions: { parse: ['all'] } },
      ['allowed_mentions.parse.0 BASE_TYPE_CHOICES'],
    ],
    [
      'users in parse and as a list',
      { content: 'a', allowed_mentions: { parse: ['users'], users: ['1180000000000000200'] } },
      ['allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
    ],
    [
      '101 users',
      { content: 'a', allowed_mentions: { users: times(101, (i) => `1180000000000000${100 + i}`) } },
      [`allowed_mentions.users ${LONG}`],
    ],
    ['a number as content', { content: 1 }, ['content STRING_TYPE_CONVERT']],
    [
      'a layout with content',
      { ...layout(text('a')), content: 'a' },
      ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    [
      'a layout with embeds',
      { ...layout(text('a')), embeds: [{ title: 'a' }] },
      ['embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    ['41 parts with nested ones', layout({ type: 17, components: times(40, () => text('a')) }), [`components ${LONG}`]],
    [
      '4001 characters in a layout',
      layout(text(x(2000)), text(x(2001))),
      ['components COMPONENT_MAX_TOTAL_TEXT_SIZE_EXCEEDED'],
    ],
    [
      'a section without an accessory',
      layout({ type: 9, components: [text('a')] }),
      [`components.0.accessory ${REQUIRED}`],
    ],
    [
      'a section of four texts',
      layout({ type: 9, components: times(4, () => text('a')), accessory: button() }),
      [`components.0.components ${BAD}`],
    ],
    [
      'a container in a container',
      layout({ type: 17, components: [{ type: 17, components: [text('a')] }] }),
      ['components.0.components.0.type BASE_TYPE_CHOICES'],
    ],
    ['an empty text', layout(text('')), [`components.0.content ${REQUIRED}`]],
    [
      'eleven pictures',
      layout({ type: 12, items: times(11, () => ({ media: { url: 'https://a.b/c.png' } })) }),
      [`components.0.items ${BAD}`],
    ],
    [
      'a file from elsewhere',
      layout({ type: 13, file: { url: 'https://a.b/c.pdf' } }),
      ['components.0.file.url URL_TYPE_INVALID_SCHEME'],
    ],
  ])('%s', (_, body, expected) => {
    expect(faults(() => checkMessage(body, 0))).toEqual(expected);
  });

  test('every fault is named at once', () => {
    const body = { content: x(2001), embeds: [{ title: x(257) }] };
    expect(faults(() => checkMessage(body, 0))).toEqual([`content ${LONG}`, `embeds.0.title ${LONG}`]);
  });

  test('eleven files', () => expect(faults(() => checkMessage({}, 11))).toEqual([`attachments ${LONG}`]));
});

describe('a change of a message', () => {
  const old = { content: 'a', embeds: [], components: [], attachments: [], flags: 0 } as unknown as Parameters<
    typeof checkEdit
  >[1];
  const laidOut = { ...old, content: '', flags: MessageFlags.IsComponentsV2 } as typeof old;

  test.each<[string, typeof old, Json, (string | number)[]]>([
    ['that leaves something is taken', old, { components: [] }, []],
    ['that leaves nothing is refused', old, { content: null }, [50006]],
    [
      'to a layout needs the content taken away',
      old,
      layout(text('a')),
      ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    ['to a layout is taken with the content taken away', old, { ...layout(text('a')), content: null }, []],
    [
      'of a layout may not give it content',
      laidOut,
      { content: 'a' },
      ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    ['of a layout may change its parts without the flag', laidOut, { components: [text('b')] }, []],
  ])('%s', (_, message, body, expected) => {
    expect(faults(() => checkEdit(body, message, 0))).toEqual(expected);
  });
});
