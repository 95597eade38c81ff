import { DiscordAPIError, HTTPError, REST, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import type { Preview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { openPreview } from './bot.ts';

const MESSAGES = Routes.channelMessages(SEED.papers);

function rest(preview: Preview, retries = 0): REST {
  return new REST({ api: preview.apiUrl, retries }).setToken(preview.token);
}

function contents(preview: Preview): string[] {
  return preview.world.messages(SEED.papers).map(({ content }) => content);
}

test('an error before the request takes effect loses the message', async () => {
  const preview = await openPreview();
  preview.faults.add({ method: 'POST', instead: { status: 500 } });
  await expect(rest(preview).post(MESSAGES, { body: { content: 'a' } })).rejects.toBeInstanceOf(HTTPError);
  expect(contents(preview)).toEqual([]);
});

test('an answer lost after the request took effect posts twice, unless the nonce is enforced', async () => {
  const preview = await openPreview();
  preview.faults.add({ method: 'POST', instead: 'reset', applied: true });
  await rest(preview, 3).post(MESSAGES, { body: { content: 'a' } });
  expect(contents(preview)).toEqual(['a', 'a']);

  preview.faults.add({ method: 'POST', instead: { status: 502 }, applied: true });
  const body = { content: 'b', nonce: 'paper-1', enforce_nonce: true };
  const message = (await rest(preview, 3).post(MESSAGES, { body })) as { id: string; nonce: string };
  expect(message.nonce).toBe('paper-1');
  expect(contents(preview)).toEqual(['a', 'a', 'b']);
});

test('a connection can be reset before the request takes effect', async () => {
  const preview = await openPreview();
  preview.faults.add({ method: 'POST', instead: 'reset' });
  await expect(rest(preview).post(MESSAGES, { body: { content: 'a' } })).rejects.toThrow();
  expect(contents(preview)).toEqual([]);
  expect(preview.requests.at(-1)).toMatchObject({ method: 'POST', status: null });
});

test('a fault hits only its path, only so often, and can be taken back', async () => {
  const preview = await openPreview();
  const path = new RegExp(`^/channels/${SEED.papers}/messages$`);
  preview.faults.add({ method: 'POST', path, times: 2, instead: { status: 503 } });
  const client = rest(preview);
  await client.post(Routes.channelMessages(SEED.readingGroup), { body: { content: 'a' } });
  await expect(client.post(MESSAGES, { body: { content: 'b' } })).rejects.toMatchObject({ status: 503 });
  await expect(client.post(MESSAGES, { body: { content: 'c' } })).rejects.toMatchObject({ status: 503 });
  await client.post(MESSAGES, { body: { content: 'd' } });
  const takeBack = preview.faults.add({ instead: { status: 500 } });
  takeBack();
  await client.post(MESSAGES, { body: { content: 'e' } });
  expect(contents(preview)).toEqual(['d', 'e']);
});

test('a delayed answer takes as long as planned', async () => {
  const preview = await openPreview();
  preview.faults.add({ delay: 120 });
  const before = performance.now();
  await rest(preview).get(Routes.channel(SEED.papers));
  expect(performance.now() - before).toBeGreaterThanOrEqual(115);
});

test('a request may take effect at once and be answered too late', async () => {
  const preview = await openPreview();
  preview.faults.add({ method: 'POST', delay: 5000, applied: true });
  const slow = new REST({ api: preview.apiUrl, retries: 0, timeout: 100 }).setToken(preview.token);
  await expect(slow.post(MESSAGES, { body: { content: 'a' } })).rejects.toThrow('aborted');
  preview.faults.add({ method: 'POST', delay: 5000 });
  await expect(slow.post(MESSAGES, { body: { content: 'b' } })).rejects.toThrow('aborted');
  expect(contents(preview)).toEqual(['a']);
});

test('a planned 429 is waited out by the client', async () => {
  const preview = await openPreview();
  preview.faults.add({ method: 'POST', instead: { retryAfter: 0.2 } });
  await rest(preview).post(MESSAGES, { body: { content: 'a' } });
  expect(preview.requests.map(({ status }) => status)).toEqual([429, 200]);
  expect(preview.requests[0]?.answer).toMatchObject({ retry_after: 0.2, global: false });
});

test('a planned refusal has a code of its own', async () => {
  const preview = await openPreview();
  preview.faults.add({ instead: { status: 403, code: 50001, message: 'Missing Access' } });
  const refused = rest(preview).post(MESSAGES, { body: { content: 'a' } });
  await expect(refused).rejects.toBeInstanceOf(DiscordAPIError);
  await expect(refused).rejects.toMatchObject({ code: 50001, status: 403 });
});

test('limits of a channel are in the headers, and going over them is a 429', async () => {
  const preview = await openPreview({ rateLimited: true });
  const send = async (): Promise<Response> =>
    fetch(`${preview.apiUrl}/v10${MESSAGES}`, {
      method: 'POST',
      headers: { authorization: `Bot ${preview.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'a' }),
    });
  const answers: Response[] = [];
  for (let count = 0; count < 6; count += 1) answers.push(await send());
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['4', '3', '2', '1', '0', '0']);
  expect(answers[5]?.headers.get('retry-after')).toBe('5');
  expect(answers[5]?.headers.get('x-ratelimit-scope')).toBe('user');
  expect(await answers[5]?.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
});

test('more than fifty requests a second meet the global limit, answers to interactions do not', async () => {
  const preview = await openPreview({ rateLimited: true });
  const get = async (path: string): Promise<Response> =>
    fetch(`${preview.apiUrl}/v10${path}`, { headers: { authorization: `Bot ${preview.token}` } });
  const channels = Array.from({ length: 52 }, () => preview.world.addChannel({ name: 'many' }));
  const answers = await Promise.all(channels.map((id) => get(`/channels/${id}`)));
  const limited = answers.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThanOrEqual(1);
  expect(limited[0]?.headers.get('x-ratelimit-global')).toBe('true');
  const callback = await fetch(`${preview.apiUrl}/v10/interactions/1/x/callback`, { method: 'POST', body: '{}' });
  expect(callback.status).toBe(404);
});
