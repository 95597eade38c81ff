import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../../src/preview/seed.ts';
import type { Db } from '../../../src/store/database.ts';
import { disableDestination } from '../../../src/store/disabled-destinations.ts';
import { createSummary } from '../../../src/store/summaries.ts';
import { openPreview } from '../../preview/bot.ts';
import { inFolders, NOW, examine, fill } from './world.ts';

inFolders();

describe('the doctor on Discord', () => {
  /** Looks at a Discord on this machine, whose clock is the real one. */
  async function visit(given: Record<string, string> = {}, options: { clockOffBy?: number } = {}) {
    const preview = await openPreview();
    const clock = () => new Date(Date.now() + (options.clockOffBy ?? 0));
    const run = () => examine({ DISCORD_TOKEN: preview.token, DISCORD_API_URL: preview.apiUrl, ...given }, { clock });
    return { preview, run };
  }

  it('says who the bot is, that it is in the server, and that the clock is right', async () => {
    const { run, preview } = await visit({ DISCORD_GUILD_ID: SEED.guild });
    const { code, of, lines } = await run();
    expect(of('Discord')).toEqual([
      ['ok', expect.stringContaining('takes the token')],
      ['ok', expect.stringContaining('in server Paper readers')],
    ]);
    expect(of('clock')).toEqual([['ok', expect.stringContaining("agrees with Discord's")]]);
    expect(code).toBe(0);
    expect(lines.join('\n')).not.toContain(preview.token);
  });

  it.each(['a-wrong-token', 'wrong\u0001token', 'no … token'])('says what to do about the token %j', async (token) => {
    const { run } = await visit({ DISCORD_TOKEN: token });
    const { code, of, lines } = await run();
    expect(code).toBe(1);
    expect(of('Discord')[0]).toEqual(['fault', expect.stringMatching(/DISCORD_TOKEN is wrong.*Reset Token/)]);
    expect(lines.join('\n')).not.toContain(token);
  });

  it('says when the bot is not in the server, with the link to add it', async () => {
    const { run } = await visit({ DISCORD_GUILD_ID: '1180000000000000999' });
    expect((await run()).of('Discord')).toContainEqual([
      'fault',
      expect.stringMatching(/not in server 1180000000000000999.*oauth2\/authorize\?client_id=\d+/),
    ]);
  });

  it.each([
    [5 * 60_000 + 30_000, /[56] minutes ahead of Discord's/],
    [-3 * 60_000, /(17\d|18\d) seconds behind Discord's/],
  ])('finds a clock that is off by %d ms', async (clockOffBy, words) => {
    const { run } = await visit({}, { clockOffBy });
    const { code, of } = await run();
    expect(of('clock')).toEqual([['fault', expect.stringMatching(words)]]);
    expect(code).toBe(1);
  });

  it('tells an overloaded Discord from a broken one', async () => {
    const { run, preview } = await visit();
    preview.faults.add({ method: 'GET', path: /users/, instead: { retryAfter: 60 } });
    expect((await run()).of('Discord')[0]).toEqual(['warning', expect.stringContaining('less often')]);
    preview.faults.add({ method: 'GET', path: /applications/, instead: { status: 503 } });
    expect((await run()).of('Discord')[0]).toEqual(['fault', expect.stringContaining('discordstatus.com')]);
  });

  it('says when nothing answers there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { code, of } = await examine({ DISCORD_TOKEN: 'x', DISCORD_API_URL: `http://127.0.0.1:${port}/api` });
    expect(code).toBe(1);
    expect(of('Discord')).toEqual([['fault', expect.stringMatching(/cannot be reached.*ECONNREFUSED.*network/)]]);
  });

  it('says when the answer takes too long', async () => {
    const slow = async () =>
      Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    const { of } = await examine({ DISCORD_TOKEN: 'x' }, { fetch: slow });
    expect(of('Discord')).toEqual([['fault', expect.stringMatching(/cannot be reached.*timeout/)]]);
  });

  it('says when something else answers there', async () => {
    const page = async () => new Response('<h1>Welcome</h1>');
    const { of } = await examine({ DISCORD_TOKEN: 'x' }, { fetch: page });
    expect(of('Discord')).toEqual([['fault', expect.stringContaining('is not Discord')]]);
  });

  it('finds settings of the application that keep the bot from working', async () => {
    const facts = {
      id: '42',
      username: 'paperboy',
      bot_require_code_grant: true,
      interactions_endpoint_url: 'https://old.example/interactions?key=hush',
    };
    const { of, lines } = await examine({ DISCORD_TOKEN: 'x' }, { fetch: async () => Response.json(facts) });
    expect(of('Discord')).toEqual([
      [
        'fault',
        expect.stringMatching(/to old\.example, and DISCORD_PUBLIC_KEY is not set.*applications\/42\/information/),
      ],
      ['warning', expect.stringContaining('OAuth2 Code Grant')],
      ['ok', expect.stringContaining('paperboy')],
    ]);
    expect(lines.join('\n')).not.toContain('hush');
  });
});

describe('the doctor on channels that are set up', () => {
  const schedule = { minute: 540, days: [1], timezone: 'UTC' };
  const daily = (channelId: string, guildId: string = SEED.guild) =>
    ({ guildId, channelId, readerId: SEED.reader, period: 'daily', schedule }) as const;

  async function visit(prepare: (db: Db) => Promise<unknown>) {
    const preview = await openPreview();
    await fill(prepare);
    const run = () =>
      examine({ DISCORD_TOKEN: preview.token, DISCORD_API_URL: preview.apiUrl }, { clock: () => new Date() });
    return { preview, run };
  }

  it('finds nothing wrong where the bot may post', async () => {
    const { run } = await visit(async (db) => {
      await createSummary(db, daily(SEED.papers), NOW);
      await createSummary(db, daily(SEED.thread), NOW);
    });
    const { of, code } = await run();
    expect(of('destinations')).toEqual([['ok', 'The bot may post in 2 channels.']]);
    expect(code).toBe(0);
  });

  it('names the server, the channel and the permissions that are missing', async () => {
    const { run, preview } = await visit(async (db) => {
      for (const id of [SEED.papers, SEED.readingGroup, SEED.forum]) await createSummary(db, daily(id), NOW);
    });
    const { SendMessages, EmbedLinks, ViewChannel } = PermissionFlagsBits;
    preview.world.denyBot(SEED.papers, SendMessages | EmbedLinks);
    preview.world.denyBot(SEED.forum, ViewChannel);
    const { of, code } = await run();
    expect(of('destinations')).toEqual([
      [
        'fault',
        expect.stringMatching(/^#papers of Paper readers: nothing.*Missing there: Send Messages, Embed Links\./),
      ],
      ['fault', expect.stringMatching(/^channel \d+ of Paper readers: nothing.*Missing there: View Channel/)],
    ]);
    expect(code).toBe(1);
  });

  it('tells what is gone from what is closed', async () => {
    const { run, preview } = await visit(async (db) => {
      for (const id of [SEED.papers, SEED.readingGroup]) await createSummary(db, daily(id), NOW);
      await createSummary(db, daily('1180000000000000777', '1180000000000000778'), NOW);
      const closed = { code: '50013', words: 'Paperboy may not post in the channel.' };
      await disableDestination(db, { kind: 'channel', id: SEED.readingGroup }, closed, NOW);
      await disableDestination(db, { kind: 'user', id: SEED.reader }, closed, NOW);
    });
    preview.world.deleteChannel(SEED.papers);
    expect((await run()).of('destinations')).toEqual([
      ['fault', expect.stringMatching(/^channel \d+ of Paper readers: .*The channel is gone/)],
      [
        'fault',
        expect.stringMatching(
          /^#reading-group of Paper readers: .*since 2025-03-11 08:00 UTC.*may not post.*\/destinations/,
        ),
      ],
      [
        'fault',
        expect.stringMatching(/^channel 1180000000000000777 in server 1180000000000000778: .*not in that server/),
      ],
      ['ok', '1 reader with closed direct messages; /inbox shows what came.'],
    ]);
  });

  it('looks at fifty channels at most', async () => {
    const { run } = await visit(async (db) => {
      for (let id = 0; id < 53; id += 1) await createSummary(db, daily(`11800000000000010${10 + id}`, SEED.guild), NOW);
    });
    const found = (await run()).of('destinations');
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toEqual(['ok', '3 more channels were not looked at.']);
  });
});
