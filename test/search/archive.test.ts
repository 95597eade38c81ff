import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/core/log.ts';
import { snapshotFile } from '../../src/search/archive.ts';
import { createSearch } from '../../src/search/search.ts';
import { openDatabase } from '../../src/store/database.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { put } from '../sources/folder.ts';
import { facts, storePapers } from './archive.ts';

const PAPERS = Array.from({ length: 60 }, (_, number) =>
  facts({ title: `Lattice number ${number}`, abstract: 'About rings.' }),
);

const LINES = Array.from({ length: 300 }, (_, number) =>
  JSON.stringify({ title: `Whistle NAME ${number}`, abstract: 'We whistle, NAME after the other.' }),
).join('\n');

/** Reads an inbox in another process, to the end. */
async function ingestInProcess(url: string, inbox: string): Promise<void> {
  const program = join(import.meta.dirname, '..', 'ingest', 'ingest-process.ts');
  const from = join(import.meta.dirname, '..', '..');
  const child = spawn(process.execPath, ['--import', 'tsx', program, url, inbox], { cwd: from, stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([0, null]);
}

describe('the index between starts', () => {
  let folder: string;
  let databaseUrl: string;
  let db: Awaited<ReturnType<typeof openDatabase>>;
  let said: string[];
  const log = createLog('info', (line) => void said.push((JSON.parse(line) as { msg: string }).msg));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperboy-'));
    databaseUrl = await newDatabaseUrl();
    db = await openDatabase(databaseUrl);
    said = [];
    await storePapers(db, PAPERS);
  });
  afterEach(async () => {
    await db.destroy();
    // Those of databases that are no files are where Paperboy runs.
    await rm(file(), { force: true, recursive: true });
    await rm(folder, { recursive: true });
  });

  const file = () => snapshotFile({ databaseUrl }) ?? '';
  /** However small, it is built in a thread of its own. */
  const open = () => createSearch({ db, log, databaseUrl, smallArchive: 0 });

  it('is built in a thread, kept in a file, and read from there', async () => {
    const built = await open();
    expect(built.size).toBe(60);
    const { mtimeMs } = await stat(file());
    await storePapers(db, [facts({ title: 'Late whistles' })]);
    const again = await open();
    expect((await stat(file())).mtimeMs).toBe(mtimeMs);
    expect((await again.search('whistle')).matches).toBe(1);
    expect((await again.search('lattices "number 7"')).matches).toBe(1);
    expect(again.size).toBe(61);
    expect(said.filter((message) => message.includes('built anew'))).toHaveLength(1);
  });

  it('is built anew where the snapshot is damaged', async () => {
    await mkdir(dirname(file()), { recursive: true });
    await writeFile(file(), 'PBINDEX1 and nothing else');
    const search = await open();
    expect((await search.search('lattice')).matches).toBe(60);
    expect(said).toContain('the search index is built anew');
  });

  it('is built anew where the snapshot is of another database', async () => {
    const other = await newDatabaseUrl();
    const otherDb = await openDatabase(other);
    await storePapers(
      otherDb,
      PAPERS.map((paper) => ({ ...paper, title: `${paper.title}, revised` })),
    );
    await createSearch({ db: otherDb, log, databaseUrl: other, smallArchive: 0 });
    await otherDb.destroy();
    await rename(snapshotFile({ databaseUrl: other }) ?? '', file());
    const search = await open();
    expect((await search.search('revised')).matches).toBe(0);
    expect((await search.search('lattice')).matches).toBe(60);
    expect(said.join()).toContain('its snapshot is of other papers');
  });

  it('is used where it cannot be kept', async () => {
    await mkdir(file(), { recursive: true });
    expect((await (await open()).search('lattice')).matches).toBe(60);
    expect(said).toContain('the search index cannot be kept for the next start');
  });

  it('is built anew where an older archive was put back', async () => {
    await open();
    await db.updateTable('counters').set({ value: 59 }).where('name', '=', 'papers').execute();
    await open();
    expect(said.join()).toContain('its snapshot is of other papers');
  });

  it('follows what other processes store, each its own way', { timeout: 60_000 }, async () => {
    const searches = [await createSearch({ db, log }), await createSearch({ db, log })];
    const inbox = join(folder, 'inbox');
    for (const name of ['alder', 'birch']) put(join(inbox, `${name}.jsonl`), LINES.replaceAll('NAME', name));
    await Promise.all([1, 2].map(() => ingestInProcess(databaseUrl, inbox)));
    for (const search of searches) {
      expect(await search.catchUp()).toBe(600);
      expect((await search.search('whistle alder')).matches).toBe(300);
      expect((await search.search('whistle birch')).matches).toBe(300);
    }
  });

  it('is renewed in the background once it has grown, and answers meanwhile', async () => {
    const search = await open();
    const { mtimeMs } = await stat(file());
    await storePapers(
      db,
      Array.from({ length: 55 }, (_, number) => facts({ title: `Whistle number ${number}` })),
    );
    expect(await search.catchUp()).toBe(55);
    expect((await search.search('whistle')).matches).toBe(55);
    await expect.poll(async () => (await stat(file())).mtimeMs, { timeout: 20_000 }).toBeGreaterThan(mtimeMs);
    await search.catchUp();
    expect((await search.search('whistle')).matches).toBe(55);
    expect(search.size).toBe(115);
  });
});
