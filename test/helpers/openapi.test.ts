import { describe, expect, test } from 'vitest';
import { checkAnswer, checkRequest, hasOpenApi } from './openapi.ts';

const CALLBACK = '/interactions/1180000000000000001/token/callback?with_response=true';
const row = (component: object): object => ({ type: 1, components: [component] });

describe.skipIf(!hasOpenApi)('requests checked against the description of Discord', () => {
  test.each([
    ['GET', '/gateway/bot', undefined],
    ['POST', '/channels/1180000000000000001/messages', { content: 'hello', nonce: '1', enforce_nonce: true }],
    [
      'POST',
      CALLBACK,
      { type: 4, data: { content: 'hi', components: [row({ type: 2, style: 1, custom_id: 'a', label: 'A' })] } },
    ],
    ['POST', CALLBACK, { type: 8, data: { choices: [{ name: 'a', value: 'a' }] } }],
    ['PATCH', '/webhooks/1180000000000000001/token/messages/@original', { content: 'changed' }],
    [
      'PUT',
      '/applications/1180000000000000001/commands',
      [
        {
          name: 'search',
          description: 'Finds',
          default_member_permissions: '32',
          options: [{ type: 3, name: 'q', description: 'q' }],
        },
      ],
    ],
  ])('%s %s is fine', (method, path, body) => {
    expect(checkRequest(method, path, body)).toEqual([]);
  });

  test.each([
    ['an unknown path', 'POST', '/nowhere', {}, 'no such operation'],
    ['a missing body', 'POST', CALLBACK, undefined, 'a body is required'],
    [
      'too long a label',
      'POST',
      CALLBACK,
      { type: 4, data: { components: [row({ type: 2, style: 1, custom_id: 'a', label: 'x'.repeat(81) })] } },
      '/data/components/0/components/0/label',
    ],
    [
      'suggestions in the shape of a message',
      'POST',
      CALLBACK,
      { type: 8, data: { choices: [{ name: 'a' }] } },
      '/data/choices/0',
    ],
    ['a form without a title', 'POST', CALLBACK, { type: 9, data: { custom_id: 'a', components: [] } }, "'title'"],
    [
      'an unknown component',
      'POST',
      '/channels/1180000000000000001/messages',
      { components: [{ type: 99 }] },
      '/components/0/type',
    ],
    [
      'a forum post without a message',
      'POST',
      '/channels/1180000000000000001/threads',
      { name: 'x', message: null },
      '/message',
    ],
    [
      'a command without a description for its option',
      'PUT',
      '/applications/1180000000000000001/commands',
      [{ name: 'a', description: 'b', options: [{ type: 3, name: 'q' }] }],
      '/0/options/0',
    ],
  ])('%s is found', (_, method, path, body, problem) => {
    expect(checkRequest(method, path, body).join('\n')).toContain(problem);
  });
});

describe.skipIf(!hasOpenApi)('answers checked against the description of Discord', () => {
  test('a gateway address is fine, one without its address is found', () => {
    expect(checkAnswer('GET', '/gateway', 200, { url: 'wss://gateway.discord.gg' })).toEqual([]);
    expect(checkAnswer('GET', '/gateway', 200, {}).join()).toContain("'url'");
    expect(checkAnswer('GET', '/gateway', 302, {}).join()).toContain('no answer with 302');
    expect(checkAnswer('GET', '/nowhere', 200, {}).join()).toContain('no such operation');
  });
});
