import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { doctor, thisMachine } from '../../src/cli/doctor/doctor.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { openDatabase } from '../../src/store/database.ts';
import { showProcess } from '../../src/store/processes.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { temporaryFolder } from '../sources/folder.ts';
import { store } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

/** What the doctor finds in a bot on this database, by check. */
async function examine(url: string, clock = () => new Date()) {
  const { terminal, lines } = recorder();
  const read = () => ({
    given: { DATABASE_URL: url, PAPERBOY_SOURCES: 'inbox', PAPERBOY_INBOX: temporaryFolder() },
    written: {},
  });
  const code = await doctor(read, { json: true }, terminal, { ...thisMachine, clock, patience: 20_000 });
  const results = lines.map((line) => JSON.parse(line) as Finding & { check: string });
  const of = (area: string) => results.filter(({ check }) => check === area).map(({ level, text }) => [level, text]);
  return { code, of };
}

it('finds a sound database and its clock, and says that the disk cannot be seen', async () => {
  const url = await newDatabaseUrl();
  const db = await openDatabase(url);
  await store(db, [{ title: 'One' }]);
  await db.destroy();
  const { of } = await examine(url);
  expect(of('database')).toEqual([['ok', expect.stringMatching(/^PostgreSQL.*papers in it: 1/)]]);
  expect(of('clock')).toEqual([['ok', expect.stringContaining("agrees with PostgreSQL's")]]);
  expect(of('disk').at(-1)).toEqual(['ok', expect.stringContaining('cannot be seen from here')]);
  expect(of('processes')).toEqual([['ok', 'None runs.']]);
});

it('finds a clock that is off by minutes', async () => {
  const url = await newDatabaseUrl();
  await (await openDatabase(url)).destroy();
  const { of, code } = await examine(url, () => new Date(Date.now() + 10 * 60_000));
  expect(of('clock')).toEqual([['fault', expect.stringMatching(/10 minutes ahead of PostgreSQL's.*NTP/)]]);
  expect(code).toBe(1);
});

it('says how two copies can share it', async () => {
  const url = await newDatabaseUrl();
  const db = await openDatabase(url);
  for (const pid of [1, 2]) {
    await showProcess(db, { id: `p${pid}`, pid, host: 'alpha', roles: ['gateway'], shards: 'all', version: '1' });
  }
  await db.destroy();
  expect((await examine(url)).of('processes')[0]).toEqual([
    'fault',
    expect.stringMatching(/^Two copies.*Several processes may share PostgreSQL.*--only/),
  ]);
});

it('leaves a database of a newer version as it is', async () => {
  const url = await newDatabaseUrl();
  const db = await openDatabase(url);
  await db.updateTable('schema_version').set({ version: 9999 }).execute();
  expect((await examine(url)).of('database')).toEqual([['fault', expect.stringMatching(/version 9999/)]]);
  expect(await db.selectFrom('schema_version').selectAll().execute()).toMatchObject([{ version: 9999 }]);
  await db.destroy();
});

it('says that an empty database is no trouble, and makes no tables in it', async () => {
  const url = await newDatabaseUrl();
  const db = await openDatabase(url);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  expect((await examine(url)).of('database')).toEqual([['ok', expect.stringContaining('It is empty')]]);
  expect(await db.introspection.getTables()).toEqual([]);
  await db.destroy();
});
