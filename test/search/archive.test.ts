import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/core/log.ts';
import { createSearch } from '../../src/search/search.ts';
import { openDatabase } from '../../src/store/database.ts';
import { facts, storePapers } from './archive.ts';

const PAPERS = Array.from({ length: 60 }, (_, number) =>
  facts({ title: `Lattice number ${number}`, abstract: 'About rings.' }),
);

describe('the index between starts', () => {
  let folder: string;
  let databaseUrl: string;
  let db: Awaited<ReturnType<typeof openDatabase>>;
  let said: string[];
  const log = createLog('info', (line) => void said.push((JSON.parse(line) as { msg: string }).msg));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperboy-'));
    databaseUrl = `sqlite:${join(folder, 'papers.db')}`;
    db = await openDatabase(databaseUrl);
    said = [];
    await storePapers(db, PAPERS);
  });
  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  const file = () => join(folder, 'papers.db.search');
  /** However small, it is built in a thread of its own. */
  const open = () => createSearch({ db, log, databaseUrl, smallArchive: 0 });

  it('is built in a thread, kept beside the database, and read from there', async () => {
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
    await writeFile(file(), 'PBINDEX1 and nothing else');
    const search = await open();
    expect((await search.search('lattice')).matches).toBe(60);
    expect(said).toContain('the search index is built anew');
  });

  it('is built anew where the snapshot is of another database', async () => {
    const other = `sqlite:${join(folder, 'other.db')}`;
    const otherDb = await openDatabase(other);
    await storePapers(
      otherDb,
      PAPERS.map((paper) => ({ ...paper, title: `${paper.title}, revised` })),
    );
    await createSearch({ db: otherDb, log, databaseUrl: other, smallArchive: 0 });
    await otherDb.destroy();
    await copyFile(join(folder, 'other.db.search'), file());
    const search = await open();
    expect((await search.search('revised')).matches).toBe(0);
    expect((await search.search('lattice')).matches).toBe(60);
    expect(said.join()).toContain('its snapshot is of other papers');
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
