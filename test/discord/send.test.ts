import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createSender } from '../../src/discord/send.ts';
import type { Outgoing, Sender } from '../../src/outbox/sender.ts';

const HELLO: Outgoing = {
  form: 'message',
  files: [],
  destination: { kind: 'channel', id: '1180000000000000301' },
  payload: { content: 'Hello', embeds: [{ title: 'Owls', color: 1 }] },
  nonce: 'n-1',
};

/** A sender for a host that answers each request by its path, and the paths it was asked for. */
async function senderFor(answer: (url: URL) => { status?: number; body: unknown }): Promise<[Sender, URL[]]> {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    asked.push(url);
    const { status = 200, body } = answer(url);
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'Content-Type': type }).end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return [createSender({ token: 'x', apiUrl: `http://127.0.0.1:${port}/api` }), asked];
}

const message = (id: number, given: object) => ({
  id: `${id}`,
  author: { bot: true },
  content: '',
  embeds: [],
  ...given,
});

it('finds a message by what it says where Discord does not show the nonce', async () => {
  const same = { content: 'Hello', embeds: [{ title: 'Owls', type: 'rich' }] };
  const others = [
    message(1, { ...same, nonce: 'n-2' }),
    message(2, { ...same, author: {} }),
    message(3, { content: 'Hello' }),
  ];
  const [absent] = await senderFor(() => ({ body: others }));
  expect(await absent.find(HELLO, new Date())).toEqual({ kind: 'absent' });
  const [found] = await senderFor(() => ({ body: [...others, message(4, same)] }));
  expect(await found.find(HELLO, new Date())).toEqual({ kind: 'found', messageId: '4' });
});

it('looks for a message beyond the first hundred', async () => {
  const page = (from: number) => Array.from({ length: 100 }, (_, index) => message(from - index, { nonce: 'other' }));
  const [sender, asked] = await senderFor((url) => ({
    body: url.searchParams.get('after') === '1000' ? [message(1001, { nonce: 'n-1' })] : page(1000),
  }));
  expect(await sender.find(HELLO, new Date())).toEqual({ kind: 'found', messageId: '1001' });
  expect(asked).toHaveLength(2);
});

it('takes a history that is none for no answer', async () => {
  const [sender] = await senderFor(() => ({ body: '<h1>Welcome</h1>' }));
  expect(await sender.find(HELLO, new Date())).toMatchObject({ kind: 'unsure' });
});

it.each([
  [502, '<h1>Bad gateway</h1>', 'unsure'],
  [403, '<h1>Blocked</h1>', 'unsure'],
  [403, { code: 0, message: '403: Forbidden' }, 'closed'],
  [403, { code: 40_333, message: 'internal network error' }, 'unsure'],
  [404, { code: 0, message: '404: Not Found' }, 'unsure'],
  [404, { code: 10_015, message: 'Unknown Webhook' }, 'closed'],
  [200, '<h1>Welcome to this hotel</h1>', 'unsure'],
  [400, { code: 50_006, message: 'Cannot send an empty message' }, 'refused'],
  [401, { code: 0, message: '401: Unauthorized' }, 'unauthorized'],
])('takes an answer of %s with %j for %s, and asks once', async (status, body, kind) => {
  const [sender, asked] = await senderFor(() => ({ status, body }));
  expect(await sender.send(HELLO)).toMatchObject({ kind });
  expect(asked).toHaveLength(1);
});
