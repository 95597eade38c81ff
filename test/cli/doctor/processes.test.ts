import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAsk } from '../../../src/discord/ask.ts';
import { type ProcessFacts, showProcess } from '../../../src/store/processes.ts';
import { openPreview } from '../../preview/bot.ts';
import { inFolders, examine, fill } from './world.ts';

inFolders();

describe('the doctor on processes', () => {
  const one = { host: 'alpha', roles: ['gateway', 'sender'], shards: 'all', version: '1.0.0' };
  const running = (...facts: Partial<ProcessFacts>[]) =>
    fill(async (db) => {
      for (const [index, given] of facts.entries()) {
        await showProcess(db, { id: `p${index}`, pid: 10 + index, ...one, ...given });
      }
    });

  it('tells which ones run', async () => {
    await running({});
    expect((await examine()).of('processes')).toEqual([
      ['ok', expect.stringMatching(/^Running: process 10 on alpha \(gateway, sender; since /)],
    ]);
  });

  it.each([
    ['all', 'all', 'fault'],
    ['all', '0-1/4', 'fault'],
    ['0-2/4', '2-3/4', 'fault'],
    ['0-1/4', '2-3/4', 'ok'],
    ['0/2', '1/2', 'ok'],
    ['0-3/4', '4-7/8', 'fault'],
    ['all', null, 'ok'],
  ])('sees whether shards %s and %s are two copies: %s', async (shards, other, level) => {
    await running({ shards }, { shards: other });
    const found = (await examine()).of('processes');
    expect(found[0]?.[0]).toBe(level);
    if (level === 'fault')
      expect(found[0]?.[1]).toMatch(/Two copies.*process 10 on alpha and process 11 on alpha.*end the other/);
  });

  it('finds an SQLite file that several hosts use, and versions that differ', async () => {
    await running({ shards: null }, { shards: null, host: 'beta', version: '1.1.0' });
    expect((await examine()).of('processes')).toMatchObject([
      ['fault', expect.stringMatching(/alpha and beta.*damages it.*PostgreSQL/)],
      ['warning', expect.stringContaining('1.0.0, 1.1.0')],
      ['ok', expect.stringContaining('process 11 on beta')],
    ]);
  });
});

describe('the doctor on HTTP', () => {
  it('says that nothing is served, that the port is free, or that another program has it', async () => {
    expect((await examine()).of('HTTP')).toEqual([['ok', expect.stringContaining('nothing is served')]]);
    expect((await examine({ PAPERBOY_HTTP_PORT: '0' })).of('HTTP')[0]?.[0]).toBe('ok');
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    expect((await examine({ PAPERBOY_HTTP_PORT: port })).of('HTTP')).toEqual([
      ['fault', expect.stringMatching(/in use by another program.*PAPERBOY_HTTP_PORT/)],
    ]);
    await fill((db) =>
      showProcess(db, { id: 'p', pid: 1, host: 'alpha', roles: ['http'], shards: null, version: '1' }),
    );
    expect((await examine({ PAPERBOY_HTTP_PORT: port })).of('HTTP')).toEqual([
      ['ok', expect.stringContaining('Paperboy runs')],
    ]);
    expect((await examine({ PAPERBOY_HTTP_PORT: '1', PAPERBOY_HTTP_HOST: '192.0.2.1' })).of('HTTP')[0]?.[0]).toBe(
      'fault',
    );
  });

  it('compares the key with that of the application', async () => {
    const preview = await openPreview();
    const { verify_key: key } = await createAsk({ ...preview, fetch })(
      '/applications/@me',
      z.object({ verify_key: z.string() }),
    );
    const given = { DISCORD_TOKEN: preview.token, DISCORD_API_URL: preview.apiUrl };
    const clock = () => new Date();
    expect((await examine({ ...given, DISCORD_PUBLIC_KEY: key }, { clock })).of('Discord').at(-1)).toEqual([
      'ok',
      expect.stringContaining('DISCORD_PUBLIC_KEY is right'),
    ]);
    const { of, code } = await examine({ ...given, DISCORD_PUBLIC_KEY: '0f'.repeat(32) }, { clock });
    expect(of('Discord')[0]).toEqual(['fault', expect.stringMatching(/not that of the bot's application.*Public Key/)]);
    expect(code).toBe(1);
  });
});
