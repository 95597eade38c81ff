import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startPreview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';

/** What answers each request, by whether its signature looks forged, with a status and a body. */
type Answer = (isForged: boolean, type: number) => [status: number, body: unknown];

async function open(answer: Answer) {
  const preview = await startPreview({ port: 0, answerWithin: 300 });
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const isForged = /^0+$/.test(String(request.headers['x-signature-ed25519']));
      const [status, body] = answer(isForged, (JSON.parse(text) as { type: number }).type);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await preview.close();
  });
  return { preview, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const careful: Answer = (isForged, type) => (isForged ? [401, {}] : [200, { type: type === 1 ? 1 : 99 }]);

async function register(preview: Awaited<ReturnType<typeof startPreview>>): Promise<void> {
  const application = '1180000000000000001';
  await fetch(`${preview.apiUrl}/v10/applications/${application}/commands`, {
    method: 'PUT',
    headers: { Authorization: `Bot ${preview.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify([{ name: 'hello', description: 'Says hello' }]),
  });
}

test('an endpoint is not taken that lets forged requests in, or does not answer a PING', async () => {
  const careless = await open(() => [200, { type: 1 }]);
  await expect(careless.preview.endpoint.use(careless.url)).rejects.toThrow('answered with 200, not 401');
  const mute = await open((isForged) => [isForged ? 401 : 200, {}]);
  await expect(mute.preview.endpoint.use(mute.url)).rejects.toThrow('not answered with a PONG');
});

test('an answer over HTTP is held to the same rules as one to the gateway', async () => {
  const { preview, url } = await open(careful);
  await register(preview);
  await preview.endpoint.use(url);
  await expect(preview.user.command(SEED.papers, 'hello')).rejects.toThrow(/did not respond.*Invalid Form Body/);
});

test('an endpoint that fails is told of, and the gateway is used again when it is taken away', async () => {
  let status = 200;
  const { preview, url } = await open((isForged, type) => (type === 1 ? careful(isForged, type) : [status, {}]));
  await register(preview);
  await preview.endpoint.use(url);
  status = 500;
  await expect(preview.user.command(SEED.papers, 'hello')).rejects.toThrow(/The endpoint answered with 500/);
  await preview.endpoint.use(null);
  await expect(preview.user.command(SEED.papers, 'hello')).rejects.toThrow(/did not respond$/);
});
