import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import SQLite from 'better-sqlite3';
import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { doctor, thisMachine } from '../../src/cli/doctor/doctor.ts';
import type { Finding, Machine } from '../../src/cli/doctor/finding.ts';
import { UserError } from '../../src/core/errors.ts';
import { projectPath } from '../../src/core/root.ts';
import { createAsk } from '../../src/discord/ask.ts';
import { SEED } from '../../src/preview/seed.ts';
import { buildSnapshot } from '../../src/search/index/build.ts';
import { writeSnapshot } from '../../src/search/index/snapshot.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { disableDestination } from '../../src/store/disabled-destinations.ts';
import { type ProcessFacts, showProcess } from '../../src/store/processes.ts';
import { createSummary } from '../../src/store/summaries.ts';
import { type Look, recordLook } from '../../src/store/source-states.ts';
import { keepUnreadable } from '../../src/store/unreadable-documents.ts';
import { openPreview } from '../preview/bot.ts';
import { store } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOW = new Date('2025-03-11T08:00:00Z');

/** Hosts elsewhere answer; those on this machine are asked. */
const wellFetch: typeof fetch = async (input, init) =>
  typeof input === 'string' && input.includes('//127.0.0.1') ? fetch(input, init) : new Response(null, { status: 200 });

const wellMachine: Machine = {
  clock: () => NOW,
  fetch: wellFetch,
  nodeVersion: '22.1.0',
  space: async () => ({ free: 50e9, total: 100e9 }),
  patience: 20_000,
};

function environment(): Record<string, string> {
  return { DATABASE_URL: `sqlite:${join(folder, 'data', 'archive.db')}`, PAPERBOY_INBOX: join(folder, 'inbox') };
}

/** What the doctor finds, by check. */
async function examine(
  given: Record<string, string> = {},
  machine: Partial<Machine> = {},
  written: Record<string, string> = {},
) {
  const { terminal, lines, notes } = recorder();
  const read = () => ({ given: { ...environment(), ...given }, written });
  const code = await doctor(read, { json: true }, terminal, { ...wellMachine, ...machine });
  const results = lines.map((line) => JSON.parse(line) as Finding & { check: string });
  const of = (area: string) => results.filter(({ check }) => check === area).map(({ level, text }) => [level, text]);
  return { code, results, of, lines, note: notes.join('\n') };
}

/** Prepares the database. */
async function fill(use: (db: Db) => Promise<unknown> = async () => {}): Promise<string> {
  const url = environment().DATABASE_URL ?? '';
  const db = await openDatabase(url);
  await use(db);
  await db.destroy();
  return url.slice('sqlite:'.length);
}

/** A disk of 256 KB. */
function mount(at: string): boolean {
  mkdirSync(at);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at]).status === 0;
}

/** Only root may, and not in every container. */
function mayMount(): boolean {
  const tried = mkdtempSync(join(tmpdir(), 'paperboy-mount-'));
  const may = process.platform === 'linux' && mount(join(tried, 'disk'));
  if (may) spawnSync('umount', [join(tried, 'disk')]);
  rmSync(tried, { recursive: true, force: true });
  return may;
}

function overwrite(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0xee), 0, length, at);
  closeSync(file);
}

describe('the doctor', () => {
  it('finds nothing wrong before the first start, and leaves everything as it is', async () => {
    const { code, results, note, of } = await examine();
    expect(code).toBe(0);
    expect(results.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(note).toBe('All is well.');
    expect(of('Discord')[0]?.[1]).toContain('would run the preview');
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('names every fault of the configuration, each in a line, and no secrets', async () => {
    const given = { LOG_LEVEL: 'loud', PAPERBOY_TIMEZONE: 'Nowhere', PAPERBOY_IMAP_URL: 'imap://me:hush@' };
    const { code, of, lines, note } = await examine(given);
    expect(code).toBe(1);
    expect(of('configuration').map(([level]) => level)).toEqual(['fault', 'fault', 'fault', 'warning']);
    expect(lines.join('\n')).toMatch(/PAPERBOY_TIMEZONE=Nowhere: expected an IANA zone/);
    expect(lines.join('\n')).not.toContain('hush');
    expect(note).toBe('3 faults, 1 warning.');
  });

  it('aligns its lines for people', async () => {
    const { terminal, lines } = recorder();
    const space = async () => ({ free: 0.4e9, total: 1e9 });
    await doctor(() => ({ given: environment(), written: {} }), {}, terminal, { ...wellMachine, space });
    expect(lines[0]).toMatch(/^warning {2}disk {11}Only 400 MB of 1.0 GB free/);
    expect(lines[1]).toBe('ok       Node.js        Version 22.1.0.');
  });

  it('goes on when a check itself fails, and says so', async () => {
    const space = async () => Promise.reject(new Error('no such call'));
    const { code, of } = await examine({}, { space });
    expect(code).toBe(1);
    expect(of('disk')).toEqual([['fault', expect.stringContaining('could not be checked (no such call)')]]);
    expect(of('Discord')).toHaveLength(1);
  });

  it('refuses a Node.js that is too old', async () => {
    expect((await examine({}, { nodeVersion: '20.9.0' })).of('Node.js')).toEqual([
      ['fault', expect.stringMatching(/20\.9\.0 is too old.*20\.19/)],
    ]);
    expect((await examine({}, { nodeVersion: '20.19.0' })).of('Node.js')[0]?.[0]).toBe('ok');
  });
});

describe('the doctor on the database', () => {
  it('tells how many papers are in a sound one', async () => {
    await fill((db) => store(db, [{ title: 'One' }, { title: 'Two' }]));
    expect((await examine()).of('database')).toEqual([['ok', expect.stringMatching(/whole.*papers in it: 2/)]]);
  });

  it('says when a newer Paperboy wrote it, and checks the rest', async () => {
    const path = await fill();
    const sqlite = new SQLite(path);
    sqlite.exec('update schema_version set version = 9999');
    sqlite.close();
    const { code, of } = await examine();
    expect(code).toBe(1);
    expect(of('database')).toEqual([
      ['fault', expect.stringMatching(/version 9999.*Install the newer.*left as it is/)],
    ]);
    expect(of('sources')).toEqual([['warning', expect.stringContaining('mend the database first')]]);
    expect(of('Discord')).toHaveLength(1);
  });

  it('says when the file is none', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(
      join(folder, 'data', 'archive.db'),
      'a shopping list, much longer than a header would be '.repeat(99),
    );
    expect((await examine()).of('database')).toEqual([['fault', expect.stringContaining('not a database')]]);
  });

  it('says when pages of it are damaged', async () => {
    const path = await fill((db) =>
      store(
        db,
        Array.from({ length: 300 }, (_, index) => ({ title: `Paper ${index}`, abstract: 'words '.repeat(200) })),
      ),
    );
    const sqlite = new SQLite(path);
    // A table's root page, so that the damage is where quick_check looks.
    const { rootpage } = sqlite.prepare(`select rootpage from sqlite_schema where name = 'papers'`).get() as {
      rootpage: number;
    };
    const size = sqlite.pragma('page_size', { simple: true }) as number;
    sqlite.pragma('journal_mode = DELETE');
    sqlite.close();
    overwrite(path, (rootpage - 1) * size, size);
    const { code, of } = await examine();
    expect(code).toBe(1);
    expect(of('database')).toEqual([['fault', expect.stringMatching(/damaged.*backup/)]]);
  });

  it('warns that a database in memory does not last', async () => {
    const { code, of } = await examine({ DATABASE_URL: 'sqlite::memory:' });
    expect(code).toBe(0);
    expect(of('database')).toEqual([['warning', expect.stringContaining('Set DATABASE_URL')]]);
  });

  it('says which migrations wait, and changes nothing', async () => {
    const path = await fill();
    const change = (statement: string) => {
      const sqlite = new SQLite(path);
      sqlite.exec(statement);
      sqlite.close();
    };
    change('update schema_version set version = 3');
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('database')).toEqual([
      ['warning', expect.stringMatching(/version 3, and the next start brings it to \d+.*backup/)],
    ]);
    expect(of('sources')).toEqual([['ok', expect.stringContaining('Not checked before the next start')]]);
    const sqlite = new SQLite(path);
    expect(sqlite.prepare('select version from schema_version').get()).toEqual({ version: 3 });
    sqlite.close();
  });

  it.skipIf(!mayMount())('finds a disk that is full', async () => {
    const disk = join(folder, 'disk');
    mount(disk);
    try {
      expect(() => writeFileSync(join(disk, 'fill'), Buffer.alloc(300 * 1024))).toThrow('ENOSPC');
      const given = { DATABASE_URL: `sqlite:${join(disk, 'archive.db')}` };
      const { of, code } = await examine(given, { space: thisMachine.space });
      expect(of('disk')[0]).toEqual(['fault', expect.stringMatching(/^Only 0 MB of 0 MB free at .*disk\. Make room/)]);
      expect(code).toBe(1);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('says when its folder cannot be written', async () => {
    // Nobody may write there, not even root.
    const { of, code } = await examine({
      DATABASE_URL: 'sqlite:/proc/paperboy/archive.db',
      PAPERBOY_INBOX: '/proc/paperboy',
    });
    expect(code).toBe(1);
    expect(of('database')).toEqual([['fault', expect.stringContaining('/proc/paperboy/archive.db cannot be created')]]);
    expect(of('inbox')).toEqual([['fault', expect.stringContaining('PAPERBOY_INBOX')]]);
  });

  it('says when its folder cannot be', async () => {
    writeFileSync(join(folder, 'data'), 'in the way');
    expect((await examine()).of('database')).toEqual([['fault', expect.stringContaining('is a file')]]);
  });

  it.each([
    [50e9, 100e9, 'ok', '50.0 GB of 100.0 GB'],
    [0.9e9, 2e9, 'ok', '900 MB'],
    [0.4e9, 1e9, 'warning', '400 MB'],
    [4e9, 100e9, 'warning', '4.0 GB of 100.0 GB'],
    [20e9, 4000e9, 'ok', '20.0 GB'],
    [20e6, 100e9, 'fault', '20 MB'],
  ])('calls %d free bytes of %d: %s', async (free, total, level, words) => {
    const { of } = await examine({}, { space: async () => ({ free, total }) });
    expect(of('disk')).toEqual([[level, expect.stringContaining(words)]]);
  });

  it('says that the index is ready where it is', async () => {
    const path = await fill(async (db) => {
      await store(db, [{ title: 'One' }]);
      await writeSnapshot(join(folder, 'data', 'archive.db.search'), await buildSnapshot(db));
    });
    expect(existsSync(`${path}.search`)).toBe(true);
    expect((await examine()).of('search index')).toEqual([['ok', expect.stringContaining('ready')]]);
  });

  it('warns of an index that is of another version', async () => {
    const path = await fill();
    writeFileSync(`${path}.search`, 'PBINDEX0 and what was in it');
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('search index')).toEqual([['warning', expect.stringMatching(/another version.*builds the index anew/)]]);
  });
});

describe('the doctor on what comes in', () => {
  it('warns of files that nobody looked at', async () => {
    mkdirSync(join(folder, 'inbox', 'unreadable'), { recursive: true });
    for (const name of ['a.txt', 'a.txt.reason.txt']) writeFileSync(join(folder, 'inbox', 'unreadable', name), '');
    expect((await examine()).of('inbox')).toEqual([['warning', expect.stringMatching(/^1 file in .*unreadable/)]]);
  });

  it('says when the inbox is no folder', async () => {
    writeFileSync(join(folder, 'inbox'), '');
    expect((await examine()).of('inbox')).toEqual([['fault', expect.stringContaining('PAPERBOY_INBOX')]]);
    expect((await examine({ PAPERBOY_SOURCES: 'feeds' })).of('inbox')[0]?.[0]).toBe('ok');
  });

  const well: Look = {
    outcome: 'read',
    problem: null,
    nextTryAt: null,
    isFresh: false,
    rest: null,
    staleAfter: () => null,
  };
  const before = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
  const failed: Look = { ...well, outcome: 'failed', problem: 'The host did not\u001b[31m answer.' };

  it.each<[string, Look, number, string, RegExp]>([
    ['fresh', { ...well, isFresh: true }, 1, 'ok', /fresh, new papers 2025-03-11 07:00 UTC/],
    ['nothing new', { ...well, rest: 'the weekend' }, 1, 'ok', /nothing new so far; it rests today \(the weekend\)/],
    ['stale', { ...well, staleAfter: () => before(1) }, 2, 'warning', /stale.*nothing new came yet/],
    ['failed', { ...failed, nextTryAt: before(-1) }, 2, 'warning', /answer\. Next try: 2025-03-11 09:00 UTC/],
    ['failed for days', failed, 49, 'fault', /failed since 2025-03-09 07:00 UTC/],
    ['unreadable', { ...failed, outcome: 'unreadable' }, 2, 'warning', /unreadable.*update Paperboy/],
  ])('tells of a source that is %s', async (_, look, hours, level, words) => {
    await fill((db) => recordLook(db, 'hugging-face', look, before(hours)));
    const { of } = await examine({ PAPERBOY_SOURCES: 'hugging-face,inbox' });
    const all = of('sources');
    const found = all.find(([, text]) => text?.startsWith('hugging-face'));
    const other = all.find(([, text]) => text?.startsWith('inbox'));
    expect(found).toEqual([level, expect.stringMatching(words)]);
    expect(found?.[1]).not.toContain('\u001b');
    expect(other).toEqual(['ok', expect.stringContaining('inbox: never read')]);
  });

  it('warns when nobody has looked at the sources for a day', async () => {
    await fill((db) => recordLook(db, 'inbox', well, before(30)));
    expect((await examine({ PAPERBOY_SOURCES: 'inbox' })).of('sources')).toContainEqual([
      'warning',
      expect.stringMatching(/^Nobody has looked .*2025-03-10 02:00 UTC/),
    ]);
  });

  it('warns of documents that are kept because they could not be read', async () => {
    await fill(async (db) => {
      const document = {
        source: 'feed.example',
        reason: 'No list of papers.',
        raw: Buffer.from('<p>'),
        readAt: NOW,
        expected: {},
      };
      for (const origin of ['https://feed.example/a', 'https://feed.example/b']) {
        await keepUnreadable(db, { ...document, origin });
      }
    });
    expect((await examine()).of('unreadable')).toEqual([
      ['warning', expect.stringMatching(/^feed\.example: 2 documents kept.*No list of papers\./)],
    ]);
  });
});

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

describe('the doctor on hosts', () => {
  it('says which ones do not answer from here', async () => {
    const troubled = createServer((_, response) => void response.writeHead(503).end()).listen(0, '127.0.0.1');
    const gone = createServer().listen(0, '127.0.0.1');
    await Promise.all([once(troubled, 'listening'), once(gone, 'listening')]);
    onTestFinished(() => void troubled.close());
    const [in503, nowhere] = [troubled, gone].map((one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`);
    gone.close();
    await once(gone, 'close');
    const given = {
      PAPERBOY_HUGGING_FACE_URL: `${nowhere}`,
      PAPERBOY_ARXIV_CATEGORIES: 'cs.CL',
      PAPERBOY_FEEDS: `${in503}/feed`,
    };
    const { of, code } = await examine(given);
    expect(code).toBe(1);
    expect(of('hosts')).toEqual([
      ['fault', expect.stringMatching(/does not answer \(.*ECONNREFUSED.*PAPERBOY_HUGGING_FACE_URL/)],
      ['warning', expect.stringMatching(/in trouble \(503\)/)],
      ['ok', 'https://rss.arxiv.org answers.'],
    ]);
    expect((await examine({ PAPERBOY_SOURCES: 'inbox' })).of('hosts')).toEqual([['ok', 'No source has one.']]);
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

describe('the doctor on variables', () => {
  it('says which names are typing errors', async () => {
    const given = { PAPERBOY_TIMEZON: 'UTC', PAPERBOY_FAVOURITE_COLOUR: 'blue', DATABASEURL: 'x' };
    const { of, code } = await examine({ PAPERBOY_ARXIV_CATEGORY: 'cs.CL' }, {}, { ...given, MY_OTHER_PROGRAM: '1' });
    expect(code).toBe(0);
    expect(of('configuration')).toEqual([
      [
        'warning',
        expect.stringContaining('PAPERBOY_TIMEZON is no variable that Paperboy reads. Did you mean PAPERBOY_TIMEZONE?'),
      ],
      ['warning', expect.stringContaining('PAPERBOY_FAVOURITE_COLOUR is no variable')],
      ['warning', expect.stringContaining('Did you mean DATABASE_URL?')],
      ['warning', expect.stringContaining('Did you mean PAPERBOY_ARXIV_CATEGORIES?')],
    ]);
  });

  it('says when .env cannot be read', async () => {
    const { terminal, lines } = recorder();
    const read = () => {
      throw new UserError('.env cannot be read: it is a folder.');
    };
    expect(await doctor(read, {}, terminal, wellMachine)).toBe(1);
    expect(lines[0]).toMatch(/^fault {4}configuration {2}.*it is a folder/);
  });
});

describe('the doctor on what does not answer', () => {
  it('does not wait for a host that is silent, and checks everything else', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = `postgres://me:hush@127.0.0.1:${port}/papers`;
    const given = { DISCORD_TOKEN: 'x', DISCORD_API_URL: `http://127.0.0.1:${port}/api`, DATABASE_URL: url };
    const { of, code, lines } = await examine(given, { patience: 1000 });
    expect(code).toBe(1);
    expect(of('Discord')).toEqual([['fault', expect.stringContaining('not answered within 1 second')]]);
    expect(of('database')[0]?.[0]).toBe('fault');
    expect(of('inbox')[0]?.[0]).toBe('ok');
    expect(lines.join('\n')).not.toContain('hush');
  });
});

describe('paperboy doctor', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it('prints what it finds and exits with 1 for a fault', async () => {
    const preview = await openPreview();
    const run = async (given: Record<string, string>) => {
      const env = {
        PATH: process.env.PATH,
        PAPERBOY_SOURCES: 'inbox',
        ...environment(),
        DISCORD_API_URL: preview.apiUrl,
        ...given,
      };
      const started = spawn(process.execPath, [projectPath('dist', 'src', 'main.js'), 'doctor'], { cwd: folder, env });
      child = started;
      const [out] = await Promise.all([text(started.stdout), once(started, 'close')]);
      return { out, code: started.exitCode };
    };
    const well = await run({ DISCORD_TOKEN: preview.token });
    expect(well.out).toMatch(/^ok +Discord +Discord takes the token/m);
    expect(well.code).toBe(0);
    const wrong = await run({ DISCORD_TOKEN: 'an.oth.er' });
    expect(wrong.out).toMatch(/^fault +Discord +Discord refuses the bot's token/m);
    expect(wrong.code).toBe(1);
  });
});
