import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { commands } from '../../commands/index.ts';
import { silentLog } from '../../src/core/log.ts';
import { type DiscordOptions, startDiscord } from '../../src/discord/client.ts';
import { type Command, defineCommand } from '../../src/discord/command.ts';
import { slashCommand } from '../../src/discord/declare.ts';
import { button, row } from '../../src/discord/render/components.ts';
import { SEED } from '../../src/preview/seed.ts';
import { emptyDatabase } from '../helpers/databases.ts';
import { buttonOf, isPrivate, openWorld } from './bot.ts';

const echo = defineCommand({
  declaration: slashCommand({ name: 'echo', description: 'Says it again' }),
  options: z.object({}),
  run: async () => ({ content: 'echo' }),
});

/** Options of a bot that never gets far. */
async function options(more: Partial<DiscordOptions>): Promise<DiscordOptions> {
  const db = await emptyDatabase();
  onTestFinished(() => db.destroy());
  const services = { db, log: silentLog, clock: () => new Date() } as unknown as DiscordOptions['services'];
  return { token: 'aaa.bbb.ccc', apiUrl: 'http://127.0.0.1:1/api', commands, services, ...more };
}

/** Something on this machine that is no Discord; returns the address to give as its API. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

const gateway = (url: string, remaining = 1000): RequestListener => {
  const session_start_limit = { total: 1000, remaining, reset_after: 1000, max_concurrency: 1 };
  return (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url, shards: 1, session_start_limit }));
  };
};

/** The requests that registered commands. */
function puts(requests: { method: string; path: string }[]) {
  return requests.filter(({ method }) => method === 'PUT');
}

describe('logging in', () => {
  it('says who the bot is and how to invite it', async () => {
    const { discord, preview } = await openWorld({ commands: [echo] });
    expect(discord.name).toBeTruthy();
    const invite = new URL(discord.inviteUrl);
    expect(invite.origin + invite.pathname).toBe('https://discord.com/oauth2/authorize');
    expect(invite.searchParams.get('client_id')).toBe(discord.applicationId);
    expect(invite.searchParams.get('scope')).toBe('bot applications.commands');
    expect(preview.requests.some(({ path }) => path.startsWith('/gateway/bot'))).toBe(true);
  });

  it.each(['/', '/v10', '/v10/'])('takes the address of the API with %s at its end', async (end) => {
    const { preview, discord, db } = await openWorld({ commands: [echo] });
    await discord.close();
    const services = { db, log: silentLog } as unknown as DiscordOptions['services'];
    const again = await startDiscord({
      token: preview.token,
      apiUrl: preview.apiUrl + end,
      commands: [echo],
      services,
    });
    await again.close();
  });

  it('with a wrong token says where to get another', async () => {
    const { preview } = await openWorld({ commands: [echo] });
    const wrong = { token: 'not-the-token', apiUrl: preview.apiUrl };
    await expect(startDiscord(await options(wrong))).rejects.toThrow(/refuses the bot's token\. Copy a fresh one/);
    await expect(startDiscord(await options({ ...wrong, token: '' }))).rejects.toThrow(/Copy a fresh one/);
  });

  it('where nothing answers says so', async () => {
    await expect(startDiscord(await options({}))).rejects.toThrow(
      /^Discord cannot be reached at http:\/\/127\.0\.0\.1:1\/api \(.*ECONNREFUSED.*\)\. Check the network and DISCORD_API_URL\.$/,
    );
  });

  it.each<[string, RequestListener]>([
    ['a web page', (_, response) => void response.setHeader('content-type', 'text/html').end('<html>')],
    ['a 404', (_, response) => void response.writeHead(404, { 'content-type': 'application/json' }).end('{}')],
    ['a broken server', (_, response) => void response.writeHead(502).end()],
  ])('to %s says that this is not Discord', async (_, listener) => {
    const apiUrl = await serve(listener);
    await expect(startDiscord(await options({ apiUrl }))).rejects.toThrow(/is not Discord, or Discord is down/);
  });

  it('says when the bot has logged in too often', async () => {
    const apiUrl = await serve(gateway('ws://127.0.0.1:1', 0));
    await expect(startDiscord(await options({ apiUrl }))).rejects.toThrow(/as often as Discord allows/);
  });

  it('to an API that never answers gives up in time', async () => {
    const apiUrl = await serve(() => {});
    await expect(startDiscord(await options({ apiUrl, loginWithin: 300 }))).rejects.toThrow(/within 0\.3 seconds/);
  });

  it('to a gateway that cannot be reached gives up in time, and leaves no attempts behind', async () => {
    let attempts = 0;
    const broken = await serve((request, response) => {
      if (request.headers.upgrade) attempts += 1;
      gateway(`ws://${request.headers.host}`)(request, response);
    });
    const nothing = await serve(gateway('ws://127.0.0.1:1'));
    await expect(startDiscord(await options({ apiUrl: nothing, loginWithin: 700 }))).rejects.toThrow(
      /within 0\.7 seconds/,
    );
    await expect(startDiscord(await options({ apiUrl: broken, loginWithin: 700 }))).rejects.toThrow(/Discord/);
    await wait(700);
    const before = attempts;
    await wait(1500);
    expect(attempts).toBe(before);
  });
});

describe('registering commands', () => {
  it('happens once for one declaration, again when it changed or Discord lost it', async () => {
    const { preview, discord, start } = await openWorld({ commands: [echo] });
    expect(puts(preview.requests)).toHaveLength(1);
    await discord.close();
    await (await start()).close();
    expect(puts(preview.requests)).toHaveLength(1);
    const renamed: Command = { ...echo, declaration: { ...echo.declaration, description: 'Says it twice' } };
    await (await start({ commands: [renamed] })).close();
    expect(puts(preview.requests)).toHaveLength(2);
    preview.world.forgetCommands();
    await start({ commands: [renamed] });
    expect(puts(preview.requests)).toHaveLength(3);
    expect((await preview.user.command(SEED.papers, 'echo')).content).toBe('echo');
  });

  it('trusts its memory when Discord cannot be asked', async () => {
    const { preview, discord, start } = await openWorld({ commands: [echo] });
    await discord.close();
    preview.faults.add({ method: 'GET', path: /\/commands$/, instead: { status: 403, code: 50001 } });
    await start();
    expect(puts(preview.requests)).toHaveLength(1);
  });

  it('that Discord refuses for now leaves the commands as they were', async () => {
    const { preview, discord, start } = await openWorld({ commands: [echo] });
    await discord.close();
    preview.faults.add({ method: 'PUT', instead: { status: 400, code: 30034, message: 'Max daily creates reached' } });
    const renamed: Command = { ...echo, declaration: { ...echo.declaration, description: 'Says it twice' } };
    await (await start({ commands: [renamed] })).close();
    await start({ commands: [renamed] });
    expect(puts(preview.requests)).toHaveLength(3);
    expect((await preview.user.command(SEED.papers, 'echo')).content).toBe('echo');
  });

  it('can be for one server, and says when the bot is not there', async () => {
    const { preview, discord, db } = await openWorld({ commands: [echo] });
    await discord.close();
    const services = { db, log: silentLog } as unknown as DiscordOptions['services'];
    const given = { token: preview.token, apiUrl: preview.apiUrl, commands: [echo], services };
    const there = await startDiscord({ ...given, guildId: SEED.guild });
    await there.close();
    expect(puts(preview.requests).at(-1)?.path).toContain(`/guilds/${SEED.guild}/commands`);
    const elsewhere = preview.world.addServer('Elsewhere', { hasBot: false });
    await expect(startDiscord({ ...given, guildId: elsewhere.id })).rejects.toThrow(
      /because it is not there\. Add it with https:\/\/discord\.com/,
    );
  });
});

describe('answering', () => {
  const slow = defineCommand({
    declaration: slashCommand({ name: 'slow', description: 'Takes its time' }),
    options: z.object({}),
    isPrivate: () => true,
    run: async () => {
      await wait(1300);
      return { content: 'at last', private: true, files: [{ name: 'a.txt', data: Buffer.from('hello') }] };
    },
  });

  it('a slow command is announced in time and completed, with its files', async () => {
    const { preview } = await openWorld({ commands: [slow] });
    const answer = await preview.user.command(SEED.papers, 'slow');
    expect([answer.content, isPrivate(answer)]).toEqual(['at last', true]);
    expect(answer.attachments.map(({ filename }) => filename)).toEqual(['a.txt']);
    const said = preview.requests.flatMap(({ route, body }) => (route?.includes('callback') ? [body] : []));
    expect(said).toEqual([{ type: 5, data: { flags: 64 } }]);
  });

  it('an answer that Discord refuses becomes a plain text with a reference', async () => {
    const { preview } = await openWorld({ commands: [echo] });
    preview.faults.add({ path: /\/callback$/, instead: { status: 400, code: 50035, message: 'Invalid Form Body' } });
    const answer = await preview.user.command(SEED.papers, 'echo');
    expect(answer.content).toMatch(/Something went wrong.*reference \*\*[0-9A-F]{6}\*\*/);
    expect(isPrivate(answer)).toBe(true);
  });

  it('goes on after an answer that came too late, or whose first try got lost', async () => {
    const { preview } = await openWorld({ commands: [echo] });
    preview.faults.add({ path: /\/callback$/, instead: { status: 404, code: 10062, message: 'Unknown interaction' } });
    void preview.user.command(SEED.papers, 'echo').catch(() => {});
    await vi.waitUntil(() => preview.requests.some(({ status }) => status === 404));
    preview.faults.add({ path: /\/callback$/, instead: 'reset', applied: true });
    expect((await preview.user.command(SEED.papers, 'echo')).content).toBe('echo');
    expect((await preview.user.command(SEED.papers, 'echo')).content).toBe('echo');
  });

  it('goes on after the connection was cut, and knows whether it is connected', async () => {
    const { preview, discord } = await openWorld({ commands: [echo] });
    expect(discord.isConnected()).toBe(true);
    preview.gateway.reachable = false;
    preview.gateway.drop('cut');
    await vi.waitUntil(() => !discord.isConnected(), 20_000);
    preview.gateway.reachable = true;
    await vi.waitUntil(async () => {
      const answer = await preview.user.command(SEED.papers, 'echo').catch(() => null);
      return answer?.content === 'echo';
    }, 20_000);
    expect(discord.isConnected()).toBe(true);
  });

  it('ends with what to do when Discord ends the session for good', async () => {
    const { preview, discord } = await openWorld({ commands: [echo] });
    preview.gateway.drop(4004);
    expect((await discord.ended).message).toContain('Copy a fresh one');
  });

  it('waits for answers under way before it closes', async () => {
    const { preview, discord } = await openWorld({ commands: [slow] });
    const answer = preview.user.command(SEED.papers, 'slow');
    await wait(200);
    await discord.close();
    expect((await answer).content).toBe('at last');
  });
});

it('buttons of a command that is gone are answered kindly', async () => {
  const old = defineCommand({
    ...echo,
    declaration: slashCommand({ name: 'old', description: 'Was here once' }),
    run: async () => ({
      content: 'x',
      components: [row(button('old:go', 'Go'))],
    }),
    press: async () => ({ update: { content: 'y' } }),
  });
  const { preview, discord, start } = await openWorld({ commands: [old] });
  const message = await preview.user.command(SEED.papers, 'old');
  await discord.close();
  await start({ commands: [echo] });
  const answer = await preview.user.press(message, buttonOf(message, 'Go'));
  expect(answer.content).toContain('older version of the bot');
});
