import { setTimeout as wait } from 'node:timers/promises';
import { InteractionType, MessageFlags } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../src/core/log.ts';
import { type Command, defineCommand, type Reply } from '../../src/discord/command.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import type { DispatchContext } from '../../src/discord/dispatch.ts';
import { createEndpoint } from '../../src/http/interactions.ts';
import { startServer } from '../../src/http/server.ts';
import { startPreview } from '../../src/preview/preview.ts';
import { SEED } from '../../src/preview/seed.ts';
import { checkRequest, hasOpenApi } from '../helpers/openapi.ts';
import { openRestBot } from '../../src/discord/rest-bot.ts';
import type { DiscordOptions } from '../../src/discord/client.ts';
import { emptyDatabase } from '../helpers/databases.ts';

interface Line {
  level: number;
  msg: string;
}

/** A command with one answer, after so many milliseconds; a press gives it as the new text of the message. */
function answering(reply: Reply, slow = 0): Command {
  return defineCommand({
    declaration: slashCommand({ name: 'test', description: 'A test' }),
    options: z.object({}),
    isPrivate: () => reply.private === true,
    run: async () => (await wait(slow), reply),
    press: async () => (await wait(slow), { update: reply, followUp: { content: 'and this', private: true } }),
  });
}

const PICTURE = { name: 'dot.png', data: Buffer.from('not really a picture'), description: 'A dot' };
const BUTTON = { type: 1, components: [{ type: 2, style: 2, label: 'Again', custom_id: 'test:again' }] };
const WITH_BUTTON = { content: 'x', components: [BUTTON] } as Reply;

async function open(command: Command = answering({ content: 'hello' })) {
  const lines: Line[] = [];
  const log = createLog('debug', (line) => lines.push(JSON.parse(line) as Line));
  const preview = await startPreview({ port: 0, rateLimited: false });
  const db = await emptyDatabase();
  const now = { value: new Date() };
  const services = { db, log, clock: () => new Date() } as DiscordOptions['services'];
  const { token, apiUrl } = preview;
  const { context, publicKey } = await openRestBot({ token, apiUrl, commands: [command], services });
  const guilds: string[] = [];
  const endpoint = createEndpoint({
    publicKey,
    apiUrl,
    context: context satisfies DispatchContext,
    clock: () => now.value,
    onGuild: async (id) => guilds.push(id),
  });
  const routes = { '/interactions': { POST: endpoint.handle } };
  const server = await startServer({ host: '127.0.0.1', port: 0, routes, log });
  const url = `http://127.0.0.1:${server.port}/interactions`;
  await preview.endpoint.use(url);
  onTestFinished(async () => {
    await server.close();
    await endpoint.settle(5000);
    await preview.close();
    await db.destroy();
    if (!hasOpenApi) return;
    expect(preview.requests.flatMap(({ method, path, body }) => checkRequest(method, path, body))).toEqual([]);
  });
  const post = async (body: string, headers: Record<string, string>, init: RequestInit = {}) => {
    const all = { 'Content-Type': 'application/json', ...headers };
    return (await fetch(url, { method: 'POST', body, headers: all, ...init })).status;
  };
  const ask = () => preview.user.command(SEED.papers, 'test');
  const sealed = (text: string, at?: Date) => preview.endpoint.headersFor(text, at);
  return { preview, lines, now, post, command: ask, sealed, guilds };
}

const body = (type: number) =>
  JSON.stringify({ id: '1'.repeat(18), application_id: '2', token: 'x', type, version: 1 });
const PING = body(InteractionType.Ping);

describe('a request', () => {
  it('is answered when Discord signed it, and refused when anything of it is another', async () => {
    const { post, sealed } = await open();
    const headers = sealed(PING);
    expect(await post(PING, headers)).toBe(200);
    const change = (text: string, at: number, digit: string) => {
      const index = at % text.length;
      return text.slice(0, index) + digit + text.slice(index + 1);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('body', ...Object.keys(headers)),
        fc.nat(),
        fc.constantFrom('0', '7', 'a', 'f', '"'),
        async (part, at, digit) => {
          const forged = part === 'body' ? change(PING, at, digit) : PING;
          const seal = part === 'body' ? headers : { ...headers, [part]: change(headers[part] ?? '', at, digit) };
          fc.pre(forged !== PING || JSON.stringify(seal) !== JSON.stringify(headers));
          expect(await post(forged, seal)).toBe(401);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('without a signature is refused before it is read', async () => {
    const { post } = await open();
    expect(await post('x'.repeat(2_000_000), {})).toBe(401);
    expect(await post(PING, { 'X-Signature-Ed25519': 'x' })).toBe(401);
  });

  it('that is signed is answered whatever the clock of this machine says', async () => {
    const { post, sealed, now } = await open();
    const headers = sealed(PING, now.value);
    now.value = new Date(now.value.getTime() + 3_600_000);
    expect(await post(PING, headers)).toBe(200);
  });

  it.each(['', '{', '[]', 'null', '{"id":1,"type":1}', '{"id":"1"}'])(
    'of Discord that is %j is no interaction',
    async (text) => {
      const { post, sealed } = await open();
      expect(await post(text, sealed(text))).toBe(400);
    },
  );

  it('of a kind that nobody knows here is said to be so', async () => {
    const { post, sealed } = await open();
    expect(await post(body(99), sealed(body(99)))).toBe(400);
  });

  it('whose connection breaks before the answer is logged, and nothing else comes of it', async () => {
    const { preview, lines, post, sealed } = await open(answering({ content: 'late' }, 300));
    const data = { id: '3', name: 'test', type: 1 };
    const given = {
      ...(JSON.parse(body(2)) as object),
      data,
      channel: { id: SEED.papers, type: 0 },
      user: preview.user.user,
    };
    const text = JSON.stringify(given);
    await expect(post(text, sealed(text), { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    await vi.waitFor(() => {
      const warnings = lines.filter(({ level }) => level >= 40).map(({ msg }) => msg);
      expect(warnings).toEqual(['the connection broke before an interaction was answered']);
    });
  });
});

it('tells once an hour of a server that the bot is in, and of none that only knows its reader', async () => {
  const { preview, command, guilds } = await open();
  const foreign = preview.world.addServer('Elsewhere', { hasBot: false, members: [preview.user] });
  preview.user.installed = true;
  await command();
  await command();
  await preview.user.command(foreign.channelId, 'test');
  expect(guilds).toEqual([SEED.guild]);
});

describe('an answer', () => {
  it('is the response itself', async () => {
    const { preview, command } = await open();
    expect((await command()).content).toBe('hello');
    const asked = preview.requests.filter(({ path }) => path.includes('/webhooks/'));
    expect(asked).toEqual([]);
  });

  it.each([false, true])('that takes more than a second is announced and follows (private: %s)', async (isPrivate) => {
    const { command } = await open(answering({ content: 'at last', private: isPrivate }, 1300));
    const message = await command();
    expect(message.content).toBe('at last');
    expect(((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0).toBe(isPrivate);
  });

  it.each([false, true])('with a file is announced and brings it then (private: %s)', async (isPrivate) => {
    const { command } = await open(answering({ content: 'look', files: [PICTURE], private: isPrivate }));
    const message = await command();
    expect(message).toMatchObject({ content: 'look', attachments: [{ filename: 'dot.png', description: 'A dot' }] });
    expect(((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0).toBe(isPrivate);
  });

  it.each([0, 1300])('to a button changes its message and may bring one more (after %i ms)', async (slow) => {
    const { preview, command } = await open(answering(WITH_BUTTON, slow));
    const message = await command();
    const changed = await preview.user.press(message, 'test:again');
    expect(changed.id).toBe(message.id);
    await vi.waitFor(() => expect(preview.user.messages(SEED.papers).at(-1)?.content).toBe('and this'));
  });

  it('with a file to a button changes its message, too', async () => {
    const { preview, command } = await open(answering({ ...WITH_BUTTON, files: [PICTURE] }));
    const message = await command();
    const changed = await preview.user.press(message, 'test:again');
    expect(changed).toMatchObject({ id: message.id, attachments: [{ filename: 'dot.png' }] });
  });

  it('whose file Discord refuses is said in words instead', async () => {
    const { preview, command } = await open(answering({ content: 'look', files: [PICTURE] }));
    preview.faults.add({ path: /messages\/@original/, instead: { status: 400, code: 50035 }, times: 1 });
    expect((await command()).content).toContain('Something went wrong on my side');
  });

  it('waits where Discord has not read the first one yet', async () => {
    const { preview, command } = await open(answering({ content: 'look', files: [PICTURE] }));
    preview.faults.add({ path: /messages\/@original/, instead: { status: 404, code: 10015 }, times: 2 });
    expect((await command()).content).toBe('look');
  });
});
