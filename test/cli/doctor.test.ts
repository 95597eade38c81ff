import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor/doctor.ts';
import type { Finding, Machine } from '../../src/cli/doctor/finding.ts';
import { readConfig } from '../../src/config.ts';
import { projectPath } from '../../src/core/root.ts';
import { SEED } from '../../src/preview/seed.ts';
import { buildSnapshot } from '../../src/search/index/build.ts';
import { writeSnapshot } from '../../src/search/index/snapshot.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
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

const wellMachine: Machine = { clock: () => NOW, fetch, nodeVersion: '22.1.0', freeSpace: async () => 50e9 };

function environment(): Record<string, string> {
  return { DATABASE_URL: `sqlite:${join(folder, 'data', 'archive.db')}`, PAPERBOY_INBOX: join(folder, 'inbox') };
}

/** What the doctor finds, by check. */
async function examine(given: Record<string, string> = {}, machine: Partial<Machine> = {}) {
  const { terminal, lines, notes } = recorder();
  const load = () => readConfig({ ...environment(), ...given });
  const code = await doctor(load, { json: true }, terminal, { ...wellMachine, ...machine });
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
    await doctor(() => readConfig(environment()), {}, terminal, { ...wellMachine, freeSpace: async () => 0.5e9 });
    expect(lines[0]).toBe('ok       Node.js        Version 22.1.0.');
    expect(lines.find((line) => line.startsWith('warning  disk           '))).toContain('Only 500 MB free');
  });

  it('goes on when a check itself fails, and says so', async () => {
    const freeSpace = async () => Promise.reject(new Error('no such call'));
    const { code, of } = await examine({}, { freeSpace });
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
    expect(of('database')).toEqual([['fault', expect.stringMatching(/version 9999.*Install the newer/)]]);
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

  it('says when its folder cannot be', async () => {
    writeFileSync(join(folder, 'data'), 'in the way');
    expect((await examine()).of('database')).toEqual([['fault', expect.stringContaining('is a file')]]);
  });

  it.each([
    [50e9, 'ok', '50.0 GB'],
    [0.9e9, 'warning', '900 MB'],
    [20e6, 'fault', '20 MB'],
  ])('calls %d free bytes: %s', async (free, level, words) => {
    const { of } = await examine({}, { freeSpace: async () => free });
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
    const [found, other] = of('sources');
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
      const document = { source: 'feed.example', reason: 'No list of papers.', raw: Buffer.from('<p>'), readAt: NOW, expected: {} };
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
    expect(of('Discord').map(([level]) => level)).toEqual(['ok', 'ok', 'ok']);
    expect(code).toBe(0);
    expect(lines.join('\n')).not.toContain(preview.token);
  });

  it.each(['a-wrong-token', 'wrong\u0001token', 'no … token'])('says what to do about the token %j', async (token) => {
    const { run } = await visit({ DISCORD_TOKEN: token });
    const { code, of, lines } = await run();
    expect(code).toBe(1);
    expect(of('Discord')[0]).toEqual(['fault', expect.stringMatching(/refuses the bot's token.*Reset Token/)]);
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
    [5 * 60_000, /(299|300|301) seconds ahead of/],
    [-3 * 60_000, /(179|180|181) seconds behind/],
  ])('warns of a clock that is off by %d ms', async (clockOffBy, words) => {
    const { run } = await visit({}, { clockOffBy });
    const { code, of } = await run();
    expect(of('Discord').at(-1)).toEqual(['warning', expect.stringMatching(words)]);
    expect(code).toBe(0);
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
      ['ok', expect.stringContaining('paperboy')],
      ['fault', expect.stringMatching(/to old\.example instead of here.*applications\/42\/information/)],
      ['warning', expect.stringContaining('OAuth2 Code Grant')],
    ]);
    expect(lines.join('\n')).not.toContain('hush');
  });
});

describe('paperboy doctor', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it('prints what it finds and exits with 1 for a fault', async () => {
    const preview = await openPreview();
    const run = async (given: Record<string, string>) => {
      const env = { PATH: process.env.PATH, ...environment(), DISCORD_API_URL: preview.apiUrl, ...given };
      const started = spawn(process.execPath, [projectPath('dist', 'src', 'main.js'), 'doctor'], { cwd: folder, env });
      child = started;
      const [out] = await Promise.all([text(started.stdout), once(started, 'close')]);
      return { out, code: started.exitCode };
    };
    const well = await run({ DISCORD_TOKEN: preview.token });
    expect(well.out).toMatch(/^ok +Discord +Discord takes the token/m);
    expect(well.code).toBe(0);
    const wrong = await run({ DISCORD_TOKEN: 'another' });
    expect(wrong.out).toMatch(/^fault +Discord +Discord refuses the bot's token/m);
    expect(wrong.code).toBe(1);
  });
});
