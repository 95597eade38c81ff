import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { projectPath } from '../src/core/root.ts';
import { SEED } from '../src/preview/seed.ts';
import { openDatabase } from '../src/store/database.ts';
import { planDelivery } from '../src/store/deliveries.ts';
import { createSummary } from '../src/store/summaries.ts';
import { ImapServer } from './helpers/imap-server.ts';
import { openPreview } from './preview/bot.ts';
import { temporaryFolder } from './sources/folder.ts';

const DATABASE_PASSWORD = 'db:pa/ss@wo#rd-7f3a';
const MAIL_PASSWORD = 'ma"il pa:ss@91bc';
/** In the form of a bot's token, and of no bot. */
const WRONG_TOKEN = `${Buffer.from('1180000000000000009').toString('base64url')}.Zx81_-.${'wrong_Token-'.repeat(3)}`;

/** What must not be seen, in every form that it may take. */
function formsOf(token: string): string[] {
  const passwords = [DATABASE_PASSWORD, MAIL_PASSWORD];
  const all = [token, token.split('.').at(-1) ?? '', WRONG_TOKEN, 'wrong_Token-wrong', ...passwords];
  return all.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ]);
}

/** The real program in a folder of its own, beside a local Discord and a mail server. */
async function machine() {
  const preview = await openPreview();
  const mail = new ImapServer();
  await mail.listen();
  onTestFinished(() => mail.close());
  const folder = temporaryFolder();
  const environment = {
    PATH: process.env['PATH'] ?? '',
    DISCORD_TOKEN: preview.token,
    DISCORD_API_URL: preview.apiUrl,
    DATABASE_URL: `sqlite:${join(folder, 'archive.db')}`,
    PAPERBOY_SOURCES: 'inbox,mailbox',
    PAPERBOY_IMAP_URL: `imap://${encodeURIComponent(mail.user)}:${encodeURIComponent(MAIL_PASSWORD)}@127.0.0.1:${mail.port}/Papers`,
    PAPERBOY_INGEST_CRON: '* * * * *',
    LOG_LEVEL: 'trace',
  };
  let output = '';
  /** Runs the program to its end, or asks it to end when it has said `until`. */
  async function run(args: string[], given: Record<string, string> = {}, { input = '', until = '' } = {}) {
    const child = spawn(process.execPath, [projectPath('dist', 'src', 'main.js'), ...args], {
      cwd: folder,
      env: { ...environment, ...given },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let own = '';
    const hear = (chunk: Buffer) => {
      own += chunk.toString();
      if (until && own.includes(until)) child.kill('SIGTERM');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.stdin.end(input);
    const ended = once(child, 'close');
    await ended;
    output += own;
    return own;
  }
  /** Fails where a secret is in what was printed or in a file other than .env. */
  function expectSecrecy(): void {
    expect(output.length).toBeGreaterThan(0);
    for (const form of formsOf(preview.token)) {
      expect(output.includes(form), `printed: …${around(output, form)}…`).toBe(false);
      for (const file of filesOf(folder)) {
        expect(readFileSync(file).includes(form), `${form} in ${file}`).toBe(false);
      }
    }
  }
  return { preview, folder, environment, run, expectSecrecy };
}

function around(text: string, form: string): string {
  const at = text.indexOf(form);
  return at === -1 ? '' : text.slice(Math.max(0, at - 100), at + form.length + 20);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== '.env')
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** A server that asks for a password and refuses it, as PostgreSQL does (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
async function refusingPostgres(): Promise<number> {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(message('R', Buffer.from([0, 0, 0, 3])));
      socket.once('data', () => {
        const fields = 'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "me"\0\0';
        socket.end(message('E', Buffer.from(fields)));
      });
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const postgresAt = (port: number) =>
  `postgres://me:${encodeURIComponent(DATABASE_PASSWORD)}@127.0.0.1:${port}/papers?sslmode=disable`;

describe('tokens and passwords are neither printed nor written', () => {
  it('where a bot runs and Discord, a channel and the mailbox refuse it', async () => {
    const { preview, environment, run, expectSecrecy } = await machine();
    const db = await openDatabase(environment.DATABASE_URL);
    const schedule = { minute: 540, days: [0, 1, 2, 3, 4, 5, 6], timezone: 'UTC' };
    const daily = {
      guildId: SEED.guild,
      channelId: '1180000000000000777',
      readerId: SEED.reader,
      period: 'daily',
    } as const;
    await createSummary(db, { ...daily, schedule }, new Date());
    for (const [index, id] of [SEED.papers, daily.channelId, SEED.readingGroup].entries()) {
      const destination = { kind: 'channel', id } as const;
      await planDelivery(db, { destination, subject: `s${index}`, payload: { content: 'x' } }, new Date());
    }
    await db.destroy();
    preview.faults.add({ method: 'POST', path: /messages/, instead: { status: 500 } });
    preview.faults.add({ method: 'POST', path: /messages/, instead: 'reset' });
    preview.faults.add({ method: 'POST', path: /messages/, instead: { status: 401, message: '401: Unauthorized' } });
    const said = await run(['start'], {}, { until: 'refuses the user or the password' });
    expect(said).toContain('Paperboy is in');
    expect(said).toContain('refuses the token of the bot');
    expectSecrecy();
  });

  it('where it cannot start', async () => {
    const { run, expectSecrecy } = await machine();
    const port = await refusingPostgres();
    const said = await Promise.all([
      run(['start'], { DISCORD_TOKEN: WRONG_TOKEN }),
      run(['start'], { DISCORD_TOKEN: `${WRONG_TOKEN}\u2026` }),
      run(['start'], { DISCORD_API_URL: 'http://127.0.0.1:1/api' }),
      run(['start'], { DATABASE_URL: postgresAt(1) }),
      run(['start'], { DATABASE_URL: postgresAt(port) }),
    ]);
    expect(said[0]).toContain("refuses the bot's token");
    expect(said[3]).toContain('ECONNREFUSED');
    expect(said[4]).toContain('password authentication failed');
    expectSecrecy();
  });

  it('where the configuration is wrong', async () => {
    const { run, expectSecrecy } = await machine();
    const said = await Promise.all([
      run(['papers'], { DATABASE_URL: `mysql://me:${encodeURIComponent(DATABASE_PASSWORD)}@h/d` }),
      run(['papers'], { DATABASE_URL: `postgres://me:${DATABASE_PASSWORD}@h/d?sslmode=x` }),
      run(['papers'], { PAPERBOY_IMAP_URL: `imaps://me:${MAIL_PASSWORD}@`, LOG_LEVEL: 'loud' }),
      run(['papers'], { PAPERBOY_IMAP_URL: `http://me:${encodeURIComponent(MAIL_PASSWORD)}@h/`, PAPERBOY_FEEDS: 'x' }),
      run(['doctor'], { DATABASE_URL: `mysql://me:${encodeURIComponent(DATABASE_PASSWORD)}@h/d` }),
      run(['ingest'], { DATABASE_URL: postgresAt(1) }),
    ]);
    for (const one of said) expect(one).not.toContain('    at ');
    expectSecrecy();
  });

  it('by the doctor', async () => {
    const { preview, run, expectSecrecy } = await machine();
    const port = await refusingPostgres();
    const said = await Promise.all([
      run(['doctor']),
      run(['doctor', '--json'], { DISCORD_TOKEN: WRONG_TOKEN }),
      run(['doctor'], { DATABASE_URL: postgresAt(port), DISCORD_TOKEN: preview.token }),
      run(['doctor', '--json'], { DATABASE_URL: postgresAt(1), DISCORD_API_URL: 'http://127.0.0.1:1/api' }),
    ]);
    expect(said[0]).toContain('takes the token');
    expect(said[2]).toContain('password authentication failed');
    expectSecrecy();
  });

  it('by setup, but to .env', async () => {
    const { preview, folder, run, expectSecrecy } = await machine();
    const port = await refusingPostgres();
    const env = join(folder, '.env');
    const none = { DISCORD_TOKEN: '', DATABASE_URL: '' };
    expect(await run(['setup'], none)).toContain('There is no terminal to ask at.');
    expect(await run(['setup', '--token-from-stdin'], none, { input: WRONG_TOKEN })).toContain('refuses');
    expect(await run(['setup', '--token-from-stdin'], none, { input: `${WRONG_TOKEN} x` })).toContain('spaces');
    expect(await run(['setup', '--yes', '--database', postgresAt(port)])).toContain('password authentication failed');
    writeFileSync(env, `PAPERBOY_IMAP_URL="imap://me:${encodeURIComponent(MAIL_PASSWORD)}@127.0.0.1:1/"\n`);
    const options = ['setup', '--token-from-stdin', '--channel', SEED.papers, '--timezone', 'UTC'];
    expect(await run(options, none, { input: preview.token })).toContain('The first summary comes');
    expect(readFileSync(env, 'utf8')).toContain(preview.token);
    expectSecrecy();
  });
});
