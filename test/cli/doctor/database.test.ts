import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { thisMachine } from '../../../src/cli/doctor/doctor.ts';
import { buildSnapshot } from '../../../src/search/index/build.ts';
import { writeSnapshot } from '../../../src/search/index/snapshot.ts';
import { store } from '../../store/fixtures.ts';
import { folder, inFolders, examine, fill } from './world.ts';

inFolders();

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
