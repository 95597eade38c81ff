import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { backupFromCommandLine } from '../src/cli/backup.ts';
import { projectPath } from '../src/core/root.ts';
import { openDatabase } from '../src/store/database.ts';
import { countWaiting, planDeliveries } from '../src/store/deliveries.ts';
import { copyArchive } from '../src/store/move/copy-archive.ts';
import { storeDigest } from '../src/store/store-digest.ts';
import { startServer } from '../test/helpers/postgres-server.ts';
import { paperOf } from './papers.ts';
import { readAbstracts } from './sets.ts';
import { print, printTable } from './table.ts';
import { timed } from './timed.ts';

/** Moving and backing up an archive, and writers in one another's way: `npm run bench:postgres [-- PAPERS]`. */
const [papers = 50_000] = process.argv.slice(2).map(Number);
/** Papers of a digest, and digests that each of two processes reads. */
const [DIGEST, DIGESTS] = [250, 12];
const MESSAGES = 300;

const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
const server = await startServer();
const quiet = { out: () => {}, note: () => {}, bold: (text: string) => text, progress: () => NO_PROGRESS };
const NO_PROGRESS = { at: () => {}, end: () => {} };
try {
  await measureMoves();
  await measureWriters();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

async function measureMoves(): Promise<void> {
  const rows: string[][] = [];
  const file = join(folder, 'archive.db');
  const source = await openDatabase(`sqlite:${file}`);
  await timed(rows, 'stored in SQLite', () => fill(source));
  const there = await openDatabase(await newDatabase('moved'));
  await timed(rows, 'SQLite to PostgreSQL', () => copyArchive(source, there));
  const back = await openDatabase(`sqlite:${join(folder, 'back.db')}`);
  await timed(rows, 'PostgreSQL to SQLite', () => copyArchive(there, back));
  for (const db of [source, there, back]) await db.destroy();
  const { signal } = new AbortController();
  const backUp = (url: string, name: string) => backupFromCommandLine(url, join(folder, name), {}, quiet, signal);
  await timed(rows, 'backup of SQLite', () => backUp(`sqlite:${file}`, 'one.backup'));
  await timed(rows, 'backup of PostgreSQL', () => backUp(address('moved'), 'two.backup'));
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  print(`${papers} papers, ${megabytes} MB in SQLite`);
  printTable(['', 'seconds', 'of them computing here', 'longest step (ms)'], rows);
}

type Opened = Awaited<ReturnType<typeof openDatabase>>;

async function fill(db: Opened): Promise<void> {
  const documents = readAbstracts() ?? [];
  for (let start = 0; start < papers; start += DIGEST) {
    const entries = Array.from({ length: Math.min(DIGEST, papers - start) }, (_, place) => {
      const document = documents[(start + place) % documents.length] ?? { title: 'Owls', abstract: 'At night.' };
      const { title, ...paper } = paperOf({ ...document, id: '' }, start + place);
      return { ...paper, title: `${title} ${start + place}`, position: place + 1, line: place + 1 };
    });
    await storeDigest(db, {
      source: 'bench',
      origin: `${start}.jsonl`,
      raw: new TextEncoder().encode(JSON.stringify(entries)),
      digest: { layout: 'json-lines', date: '2025-06-02', entries, rejected: [] },
      givenDate: null,
      readAt: new Date(),
      readOn: '2025-06-02',
    });
  }
}

/** Two processes that ingest and one that sends, first each kind alone. */
async function measureWriters(): Promise<void> {
  const rows = [
    await writers('one ingests', { ingesting: 1, sending: false }),
    await writers('two ingest', { ingesting: 2, sending: false }),
    await writers('one sends', { ingesting: 0, sending: true }),
    await writers('two ingest, one sends', { ingesting: 2, sending: true }),
  ];
  print(`PostgreSQL: ${DIGESTS * DIGEST} papers in ${DIGESTS} digests each, ${MESSAGES} messages`);
  printTable(['', 'papers a second', 'messages a second', 'transactions', 'begun again'], rows);
}

async function writers(name: string, what: { ingesting: number; sending: boolean }): Promise<string[]> {
  const database = name.replace(/\W+/g, '_');
  const url = await newDatabase(database);
  const db = await openDatabase(url);
  const before = await transactions(db);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const sending = what.sending ? send(db, url).then(seconds) : null;
  const ingesting = Array.from({ length: what.ingesting }, (_, number) => ingest(url, join(folder, database), number));
  await Promise.all(ingesting);
  const ingested = seconds();
  const sent = await sending;
  const after = await transactions(db);
  await db.destroy();
  return [
    name,
    what.ingesting > 0 ? ((what.ingesting * DIGESTS * DIGEST) / ingested).toFixed(0) : '–',
    sent === null ? '–' : (MESSAGES / sent).toFixed(0),
    String(after.committed - before.committed),
    String(after.undone - before.undone),
  ];
}

async function ingest(url: string, at: string, number: number): Promise<void> {
  const inbox = join(at, String(number));
  mkdirSync(inbox, { recursive: true });
  const documents = readAbstracts() ?? [];
  for (let digest = 0; digest < DIGESTS; digest += 1) {
    const lines = documents.slice(0, DIGEST).map(({ title, abstract }, index) => {
      return JSON.stringify({ title: `${title} ${number} ${digest} ${index}`, abstract });
    });
    writeFileSync(join(inbox, `${digest}.jsonl`), lines.join('\n'));
  }
  await over(
    spawn(process.execPath, ['--import', 'tsx', projectPath('test', 'ingest', 'ingest-process.ts'), url, inbox]),
  );
}

async function over(child: ChildProcess): Promise<void> {
  child.stdout?.resume();
  child.stderr?.pipe(process.stderr);
  await once(child, 'exit');
}

/** Sends all messages, each to a channel of its own, which Discord answers after 80 ms. */
async function send(db: Opened, url: string): Promise<void> {
  const options = { execArgv: ['--import', 'tsx'] };
  const discord = fork(projectPath('bench', 'outbox-discord.ts'), [String(MESSAGES), '80'], options);
  const [{ apiUrl, token, ids }] = (await once(discord, 'message')) as [
    { apiUrl: string; token: string; ids: string[] },
  ];
  const planned = ids.map((id) => {
    return { destination: { kind: 'channel' as const, id }, subject: 'bench', payload: { content: 'A message.' } };
  });
  await planDeliveries(db, planned, new Date());
  const program = ['--import', 'tsx', projectPath('test', 'outbox', 'outbox-process.ts'), url, apiUrl, token];
  const sender = spawn(process.execPath, program, { stdio: ['pipe', 'ignore', 'inherit'] });
  sender.stdin.write('go\n');
  while ((await countWaiting(db)) > 0) await pause(100);
  sender.kill();
  discord.kill();
}

async function transactions(db: Opened): Promise<{ committed: number; undone: number }> {
  await pause(1500);
  const { rows } = await sql<{ committed: number; undone: number }>`
    select xact_commit as committed, xact_rollback as undone from pg_stat_database where datname = current_database()`.execute(
    db,
  );
  return rows[0] ?? { committed: 0, undone: 0 };
}

function address(name: string): string {
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function newDatabase(name: string): Promise<string> {
  const db = await openDatabase(server.url);
  await sql`create database ${sql.ref(name)}`.execute(db);
  await db.destroy();
  return address(name);
}
