import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { createLog, silentLog } from '../../src/core/log.ts';
import { readJsonBytes } from '../../src/http/body.ts';
import { type Handler, startServer } from '../../src/http/server.ts';

const echo: Handler = async (request, send) =>
  send({ status: 200, type: 'application/json', body: (await readJsonBytes(request)).toString() });
const hello: Handler = (_, send) => send({ status: 200, type: 'text/plain', body: 'hello' });
const fails: Handler = () => Promise.reject(new Error('a secret of the house'));

async function open(more: Record<string, Handler> = {}, options: { requestTimeout?: number } = {}) {
  const lines: string[] = [];
  const routes = {
    '/echo': { POST: echo },
    '/hello': { GET: hello },
    '/fails': { GET: fails },
    ...Object.fromEntries(Object.entries(more).map(([path, GET]) => [path, { GET }])),
  };
  const log = createLog('debug', (line) => lines.push(line));
  const server = await startServer({ host: '127.0.0.1', port: 0, routes, log, ...options });
  onTestFinished(() => server.close());
  return { server, lines, url: `http://127.0.0.1:${server.port}` };
}

const json = { 'Content-Type': 'application/json' };

it('serves what there is, and says of the rest what it is', async () => {
  const { url } = await open();
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(url + path, init);
    return `${response.status} ${await response.text()}`.trim();
  };
  expect(await ask('/hello')).toBe('200 hello');
  expect(await ask('/hello?x=1')).toBe('200 hello');
  expect(await ask('/hello', { method: 'HEAD' })).toBe('200');
  expect(await ask('/echo', { method: 'POST', body: '{"a":"ö"}', headers: json })).toBe('200 {"a":"ö"}');
  expect(await ask('/echo', { method: 'POST', body: 'x' })).toMatch(/^415/);
  expect(await ask('/nothing')).toMatch(/^404/);
  expect(await ask('/toString')).toMatch(/^404/);
  expect((await fetch(`${url}/hello`, { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD');
  expect((await fetch(`${url}/echo`)).headers.get('allow')).toBe('POST');
  expect(await ask('/echo')).toMatch(/^405/);
});

it('keeps to itself why something failed, and logs it', async () => {
  const { url, lines } = await open();
  const response = await fetch(`${url}/fails`);
  expect([response.status, await response.text()]).toEqual([500, 'Something went wrong.\n']);
  expect(lines.join()).toContain('a secret of the house');
});

it('takes a megabyte and no more, whether its length is said before or not', async () => {
  const { server } = await open();
  const post = (size: number, headers: Record<string, string | number>) =>
    new Promise<number>((resolve, reject) => {
      const options = {
        port: server.port,
        host: '127.0.0.1',
        path: '/echo',
        method: 'POST',
        headers: { ...json, ...headers },
      };
      const request = httpRequest(options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.write('x'.repeat(size));
      if (size <= 1024 * 1024) request.end();
    });
  expect(await post(1024 * 1024, {})).toBe(200);
  expect(await post(1024 * 1024 + 1, {})).toBe(413);
  expect(await post(10, { 'Content-Length': 2 * 1024 * 1024 })).toBe(413);
});

it('does not wait for ever for a request that never comes to its end', async () => {
  const { server } = await open({}, { requestTimeout: 300 });
  const socket = connect(server.port, '127.0.0.1');
  socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{');
  const text = await new Promise<string>((resolve) => {
    let all = '';
    socket.on('data', (chunk) => (all += chunk.toString()));
    socket.on('close', () => resolve(all));
  });
  expect(text).toContain('408');
});

it('gives the answers under way when it closes, and takes no new requests', async () => {
  const slow: Handler = async (_, send) => {
    await wait(300);
    await send({ status: 200, type: 'text/plain', body: 'late' });
  };
  const { server, url } = await open({ '/slow': slow });
  // A connection that is kept open must not hold it up.
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve) => httpRequest(`${url}/hello`, { agent }, (r) => r.resume().on('end', resolve)).end());
  const under = fetch(`${url}/slow`);
  await wait(100);
  const begun = performance.now();
  await server.close();
  expect(performance.now() - begun).toBeLessThan(4000);
  expect(await (await under).text()).toBe('late');
  await expect(fetch(`${url}/hello`)).rejects.toThrow();
  agent.destroy();
});

it('tells who answers when the connection broke before', async () => {
  let outcome = '';
  const slow: Handler = async (_, send) => {
    await wait(200);
    await send({ status: 200, type: 'text/plain', body: 'nobody reads this' }).then(
      () => (outcome = 'written'),
      () => (outcome = 'broke'),
    );
  };
  const { url } = await open({ '/slow': slow });
  await expect(fetch(`${url}/slow`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  await vi.waitFor(() => expect(outcome).toBe('broke'));
});

it('says what to do where its port is taken', async () => {
  const { server } = await open();
  const again = startServer({ host: '127.0.0.1', port: server.port, routes: {}, log: silentLog });
  await expect(again).rejects.toThrow(UserError);
  await expect(again).rejects.toThrow(/PAPERBOY_HTTP_PORT/);
});
