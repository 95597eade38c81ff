import { request } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { UserError } from '../../src/core/errors.ts';
import { startPreview } from '../../src/preview/preview.ts';
import { openPreview } from './bot.ts';

async function pageFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'preview-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'page'));
  await writeFile(join(folder, 'page', 'index.html'), '<h1>Preview</h1>');
  await writeFile(join(folder, 'page', 'main.js'), 'start()');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  return join(folder, 'page');
}

/** Requests a path as it is, which fetch would tidy up; resolves to status and body. */
async function get(url: string, path: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve([response.statusCode ?? 0, body]));
    })
      .on('error', reject)
      .end();
  });
}

/** Whether a WebSocket is let in. */
async function opens(url: string, path: string, origin: string): Promise<boolean> {
  const socket = new WebSocket(url.replace('http', 'ws') + path, { origin });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on('open', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
}

test('the page is served with its types, never from a cache, and may load only what is here', async () => {
  const preview = await openPreview({ pageFolder: await pageFolder() });
  const page = await fetch(preview.url);
  expect(await page.text()).toBe('<h1>Preview</h1>');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const script = await fetch(`${preview.url}/main.js`);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

test('without a built page it says what to run', async () => {
  const preview = await openPreview({ pageFolder: '/nowhere' });
  const page = await fetch(preview.url);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm run build');
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%00', '/%', '//etc/passwd', '/missing.js'])(
  'nothing outside the page is served: %s',
  async (path) => {
    const preview = await openPreview({ pageFolder: await pageFolder() });
    const [status, body] = await get(preview.url, path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  },
);

test('another name for this machine is refused, so that no other site gets in by DNS', async () => {
  const preview = await openPreview();
  const { port } = new URL(preview.url);
  expect((await get(preview.url, '/', { host: `evil.example:${port}` }))[0]).toBe(403);
  expect((await get(preview.url, '/api/v10/gateway', { host: `evil.example:${port}` }))[0]).toBe(403);
  expect((await get(preview.url, '/api/v10/gateway', { host: `localhost:${port}` }))[0]).toBe(200);
});

test('pages of other sites open no socket and reach no API', async () => {
  const preview = await openPreview();
  for (const path of ['/preview/socket', '/gateway']) {
    expect(await opens(preview.url, path, 'https://evil.example')).toBe(false);
    expect(await opens(preview.url, path, preview.url)).toBe(true);
  }
  expect(await opens(preview.url, '/elsewhere', preview.url)).toBe(false);
  expect((await get(preview.url, '/api/v10/gateway', { origin: 'https://evil.example' }))[0]).toBe(403);
});

test('a port in use is a sentence that says what to do', async () => {
  const preview = await openPreview();
  const again = startPreview({ port: Number(new URL(preview.url).port) });
  await expect(again).rejects.toBeInstanceOf(UserError);
  await expect(again).rejects.toThrow(/is already in use: set PAPERBOY_PREVIEW_PORT/);
});

test('a body that is not JSON and a path that is not well encoded are refused', async () => {
  const preview = await openPreview();
  const post = async (body: string): Promise<Response> =>
    fetch(`${preview.apiUrl}/v10/interactions/1/x/callback`, { method: 'POST', body });
  expect(await (await post('{')).json()).toMatchObject({ code: 50109 });
  expect((await fetch(`${preview.apiUrl}/v10/%/x`)).status).toBe(401);
});

test('closing is prompt, also with sockets open', async () => {
  const preview = await startPreview({ port: 0 });
  expect(await opens(preview.url, '/preview/socket', preview.url)).toBe(true);
  expect(await opens(preview.url, '/gateway', preview.url)).toBe(true);
  const before = performance.now();
  await preview.close();
  expect(performance.now() - before).toBeLessThan(3000);
});
