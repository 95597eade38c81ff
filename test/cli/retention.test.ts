import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { compactFromCommandLine } from '../../src/cli/compact.ts';
import { rereadFromCommandLine } from '../../src/cli/reread.ts';
import { createForgetting } from '../../src/cli/start/forgetting.ts';
import { silentLog } from '../../src/core/log.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { digestsWithoutDocument } from '../../src/store/digests.ts';
import { startIngestion } from '../../src/store/ingestions.ts';
import { engine, newDatabaseUrl } from '../helpers/databases.ts';
import { entries, store } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

const PAGE = JSON.stringify({ title: 'Owls at night', abstract: 'We watch owls.', arxiv_id: '2501.00001' });

async function open(): Promise<{ db: Db & { destroy(): Promise<void> }; url: string }> {
  const url = await newDatabaseUrl();
  const db = await openDatabase(url);
  onTestFinished(() => db.destroy());
  return { db, url };
}

const forgetting = (db: Db, rawDays: number | null, now: () => Date) =>
  createForgetting({ db, clock: now, log: silentLog, rawDays, signal: new AbortController().signal });

it('keeps documents for ever unless a number of days is set, and looks once a day', async () => {
  const { db } = await open();
  await store(db, [{ title: 'Owls' }]);
  let now = new Date('2026-03-11T08:00:00Z');
  await forgetting(db, null, () => now)();
  expect((await digestsWithoutDocument(db)).size).toBe(0);
  const forget = forgetting(db, 400, () => now);
  await forget();
  expect((await digestsWithoutDocument(db)).size).toBe(0);
  await startIngestion(db, new Date('2025-01-01T00:00:00Z'));
  await startIngestion(db, now);
  now = new Date('2026-03-11T20:00:00Z');
  await forget();
  const ingestions = async () => (await db.selectFrom('ingestions').select('id').execute()).length;
  expect(await ingestions()).toBe(2);
  now = new Date('2026-05-01T08:00:00Z');
  await forget();
  expect(await ingestions()).toBe(1);
  expect((await digestsWithoutDocument(db)).size).toBe(1);
});

it('reads again what is kept, and says how many digests it leaves out and why', async () => {
  const { db } = await open();
  await store(db, entries({ title: 'Old' }), { raw: 'old' });
  await store(db, entries({ title: 'Owls at night' }), { raw: PAGE, layout: 'json-lines', date: null });
  await db.updateTable('digests').set({ raw_gzip: new Uint8Array() }).where('id', '=', 1).execute();
  const { terminal, lines, notes } = recorder();
  expect(await rereadFromCommandLine(db, { json: true }, terminal)).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual({
    file: 'page.txt',
    source: 'file',
    leftOut: true,
  });
  expect(notes[0]).toContain('1 digest read again:');
  expect(notes[1]).toMatch(/^1 digest left out: their documents were older than PAPERBOY_RAW_DAYS/);
});

it('gives the space back to the disk', async () => {
  const { db, url } = await open();
  for (let page = 0; page < 20; page += 1) {
    await store(db, [{ title: `Paper ${page}` }], { raw: randomBytes(100_000).toString('base64') });
  }
  await db.updateTable('digests').set({ raw_gzip: new Uint8Array() }).execute();
  const { terminal, notes } = recorder();
  const writer = await openDatabase(url);
  onTestFinished(() => writer.destroy());
  await startIngestion(writer, new Date());
  await compactFromCommandLine(db, url, terminal);
  await startIngestion(writer, new Date());
  if (engine === 'postgres') {
    expect(notes).toEqual([expect.stringContaining('PostgreSQL uses freed space again by itself')]);
    return;
  }
  expect(notes).toEqual([expect.stringMatching(/^The database had \d\.\d MB and has 0\.\d MB now\.$/)]);
  expect(statSync(url.slice('sqlite:'.length)).size).toBeLessThan(1e6);
});
