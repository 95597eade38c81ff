import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backupFromCommandLine } from '../../src/cli/backup.ts';
import { restoreFromCommandLine } from '../../src/cli/restore.ts';
import { silentLog } from '../../src/core/log.ts';
import { createSearch } from '../../src/search/search.ts';
import { openDatabase } from '../../src/store/database.ts';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { newestSequence, papersChangedAfter } from '../../src/store/papers.ts';
import { showProcess } from '../../src/store/processes.ts';
import { engine, newDatabaseUrl } from '../helpers/databases.ts';
import { openWorld } from '../outbox/world.ts';
import { temporaryFolder } from '../sources/folder.ts';
import { allPapers, store } from '../store/fixtures.ts';
import { fillArchive } from '../store/full-archive.ts';
import { recorder } from './terminal.ts';

const NOW = new Date('2025-03-12T10:00:00Z');

async function opened(url: string) {
  const db = await openDatabase(url);
  onTestFinished(() => db.destroy());
  return db;
}

function commands(url: string) {
  const { terminal, lines, notes, progress } = recorder();
  const { signal } = new AbortController();
  return {
    lines,
    notes,
    progress,
    backup: (file: string, options = {}, end = signal) => backupFromCommandLine(url, file, options, terminal, end),
    restore: (file: string) => restoreFromCommandLine({ databaseUrl: url, clock: () => NOW, terminal, signal }, file),
  };
}

async function expectWhole(file: string): Promise<void> {
  const db = await openDatabase(`sqlite:${file}`);
  const check = async (pragma: string) => (await sql.raw(`pragma ${pragma}`).execute(db)).rows;
  expect(await check('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(await check('foreign_key_check')).toEqual([]);
  await db.destroy();
}

describe('paperboy backup', () => {
  it('writes one new file that holds the archive, and overwrites none', async () => {
    const [url, folder] = [await newDatabaseUrl(), temporaryFolder()];
    const db = await opened(url);
    await fillArchive(db, 300);
    const file = join(folder, 'backups', 'one.db');
    const { backup, lines } = commands(url);
    expect(await backup(file)).toBe(0);
    expect(lines.join()).toMatch(/one\.db: 300 papers, [\d.]+ MB, whole; in [\d.]+ s\./);
    expect(readdirSync(join(folder, 'backups'))).toEqual(['one.db']);
    expect(await allPapers(await opened(`sqlite:${file}`))).toEqual(await allPapers(db));
    const before = readFileSync(file);
    await expect(backup(file)).rejects.toThrow('is there already');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await backup(join(folder, 'two.db'), { json: true })).toBe(0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ papers: 300, file: join(folder, 'two.db') });
  });

  it('leaves nothing when it is ended, and begins anew after what a killed one left', async () => {
    const [url, file] = [await newDatabaseUrl(), join(temporaryFolder(), 'one.db')];
    await fillArchive(await opened(url), 300);
    const { backup, notes } = commands(url);
    expect(await backup(file, {}, AbortSignal.abort())).toBe(130);
    expect([existsSync(file), notes.join()]).toEqual([false, 'Ended; there is no backup.']);
    writeFileSync(`${file}.unfinished`, 'half');
    writeFileSync(`${file}.unfinished-wal`, 'half');
    expect(await backup(file)).toBe(0);
    await expectWhole(file);
  });

  it('says what cannot be backed up', async () => {
    const file = join(temporaryFolder(), 'one.db');
    await expect(commands('sqlite::memory:').backup(file)).rejects.toThrow('in memory');
    await expect(commands(`sqlite:${file}.none`).backup(file)).rejects.toThrow('There is no database');
    expect(existsSync(file)).toBe(false);
  });

  it('made under load restores to a consistent archive', { timeout: 120_000 }, async () => {
    const world = await openWorld();
    const channels = Array.from({ length: 5 }, (_, index) => world.channel(`channel-${index}`));
    await fillArchive(world.db, 300);
    await world.db.deleteFrom('deliveries').execute();
    await world.start();
    const storing = await opened(world.url);
    const over = new AbortController();
    const ingestion = async () => {
      for (let digest = 0; !over.signal.aborted; digest += 1) {
        const papers = Array.from({ length: 20 }, (_, index) => ({ title: `Larks ${digest} ${index}` }));
        await store(storing, papers, { date: '2025-03-12' });
      }
    };
    const planning = async () => {
      for (let message = 0; !over.signal.aborted; message += 1) {
        for (const channel of channels) await world.plan(channel, `message ${message}`);
        await pause(20);
      }
    };
    const load = Promise.all([ingestion(), planning()]);
    const folder = temporaryFolder();
    const files = ['one.db', 'two.db'].map((name) => join(folder, name));
    for (const file of files) {
      await pause(300);
      expect(await commands(world.url).backup(file)).toBe(0);
    }
    over.abort();
    await load;
    for (const file of files) await expectConsistent(file);
  });
});

/** Restores a backup and looks at it as the bot would. */
async function expectConsistent(file: string): Promise<void> {
  await expectWhole(file);
  const url = await newDatabaseUrl();
  expect(await commands(url).restore(file)).toBe(0);
  const db = await opened(url);
  const papers = await allPapers(db);
  expect(papers.length).toBeGreaterThan(300);
  expect(papers.every(({ appearances }) => appearances.length > 0)).toBe(true);
  const changes = await papersChangedAfter(db, 0, 100_000);
  expect(Math.max(...changes.map(({ sequence }) => sequence))).toBeLessThanOrEqual(await newestSequence(db));
  const search = await createSearch({ db, log: silentLog });
  expect(search.size).toBe(papers.length);
  const larks = papers.filter(({ title }) => title.startsWith('Larks')).length;
  expect((await search.search('larks')).matches).toBe(larks);
  const next = await store(db, [{ title: 'Wrens' }]);
  expect(next).toMatchObject({ new: 1 });
}

describe('paperboy restore', () => {
  /** An archive, its backup, and commands for an empty database of this run's engine. */
  async function backedUp() {
    const folder = temporaryFolder();
    const from = `sqlite:${join(folder, 'from.db')}`;
    const source = await opened(from);
    await fillArchive(source, 100);
    const file = join(folder, 'backup.db');
    await commands(from).backup(file);
    const url = await newDatabaseUrl();
    return { folder, source, file, url, ...commands(url) };
  }

  it('brings back what there was, and goes on with its numbers', async () => {
    const { source, file, url, restore, lines } = await backedUp();
    const before = readFileSync(file);
    expect(await restore(file)).toBe(0);
    expect(lines.join()).toMatch(/^Restored 100 papers from .*backup\.db to /);
    const db = await opened(url);
    expect(await allPapers(db)).toEqual(await allPapers(source));
    expect(await store(db, [{ title: 'Larks' }])).toMatchObject({ digestId: 3 });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('looks first whether Discord has what waited when the backup was made', async () => {
    const { folder, source, url, restore } = await backedUp();
    const destination = { kind: 'channel', id: '1' } as const;
    await planDelivery(source, { destination, subject: 'x', payload: { content: 'x' } }, NOW);
    await showProcess(source, { id: 'a', host: 'attic', pid: 7, roles: ['sender'], shards: null, version: '1' });
    const file = join(folder, 'later.db');
    await commands(`sqlite:${join(folder, 'from.db')}`).backup(file);
    await restore(file);
    const db = await opened(url);
    expect((await deliveriesAfter(db, 0, 10)).at(-1)).toMatchObject({ state: 'planned', unsureSince: NOW });
    expect(await db.selectFrom('processes').selectAll().execute()).toEqual([]);
  });

  it('refuses while Paperboy runs', async () => {
    const { file, url, restore } = await backedUp();
    const db = await opened(url);
    await showProcess(db, { id: 'a', host: 'attic', pid: 7, roles: ['sender'], shards: null, version: '1' });
    await expect(restore(file)).rejects.toThrow('process 7 on attic');
  });

  it('refuses what is no backup of a version that is known', async () => {
    const { folder, file, restore } = await backedUp();
    await expect(restore(join(folder, 'none.db'))).rejects.toThrow('There is no file');
    const other = join(folder, 'other.db');
    writeFileSync(other, 'A letter.'.repeat(1000));
    await expect(restore(other)).rejects.toThrow('cannot be read as a database');
    writeFileSync(other, '');
    await expect(restore(other)).rejects.toThrow('is no database of Paperboy');
    copyFileSync(file, other);
    writeFileSync(`${other}-wal`, 'more');
    await expect(restore(other)).rejects.toThrow('not closed');
    const newer = join(folder, 'newer.db');
    copyFileSync(file, newer);
    const db = await openDatabase(`sqlite:${newer}`);
    await db.updateTable('schema_version').set({ version: 999 }).execute();
    await db.destroy();
    await expect(restore(newer)).rejects.toThrow('has version 999');
    const damaged = join(folder, 'damaged.db');
    const bytes = readFileSync(file);
    writeFileSync(damaged, bytes.subarray(0, bytes.length / 2));
    await expect(restore(damaged)).rejects.toThrow('cannot be read as a database');
    writeFileSync(damaged, bytes.fill(7, bytes.length / 2, bytes.length / 2 + 20_000));
    await expect(restore(damaged)).rejects.toThrow('is damaged');
  });

  it.skipIf(engine === 'postgres')('keeps the database that was there, and removes what belonged to it', async () => {
    const { file, url, restore, notes } = await backedUp();
    const path = url.slice('sqlite:'.length);
    const before = await openDatabase(url);
    await store(before, [{ title: 'Larks' }]);
    writeFileSync(`${path}.search`, 'snapshot');
    // Killed: it never closed its database.
    writeFileSync(`${path}-journal`, '');
    expect(await restore(file)).toBe(0);
    await before.destroy();
    const aside = `${path}.replaced-2025-03-12T10-00-00-000Z`;
    expect(notes.join()).toContain(aside);
    expect(await allPapers(await opened(`sqlite:${aside}`))).toMatchObject([{ title: 'Larks' }]);
    expect([existsSync(`${path}.search`), existsSync(`${path}-journal`)]).toEqual([false, false]);
    expect(await allPapers(await opened(url))).toHaveLength(100);
  });

  it.skipIf(engine === 'postgres')('takes the place of a database that cannot be read any more', async () => {
    const { file, url, restore } = await backedUp();
    writeFileSync(url.slice('sqlite:'.length), 'Not a database. '.repeat(1000));
    expect(await restore(file)).toBe(0);
    expect(await allPapers(await opened(url))).toHaveLength(100);
  });

  it.skipIf(engine === 'sqlite')('refuses a PostgreSQL database that is not empty', async () => {
    const { file, url, restore } = await backedUp();
    const db = await opened(url);
    await store(db, [{ title: 'Larks' }]);
    await expect(restore(file)).rejects.toThrow('holds an archive of its own');
    expect(await allPapers(db)).toMatchObject([{ title: 'Larks' }]);
  });
});
