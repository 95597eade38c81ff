import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { allPapers, store } from './fixtures.ts';

let folder: string;
const open: { destroy(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
});

afterEach(async () => {
  for (const db of open.splice(0)) await db.destroy();
  rmSync(folder, { recursive: true });
});

async function openFile(path: string) {
  const db = await openDatabase(`sqlite:${path}`);
  open.push(db);
  return db;
}

async function pragma(db: Db, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
  return Object.values(rows[0] ?? {})[0];
}

describe('openDatabase', () => {
  it('makes missing folders, writes ahead, waits for others briefly and keeps references whole', async () => {
    const db = await openFile(join(folder, 'new', 'deep', 'paperboy.db'));
    expect(await pragma(db, 'journal_mode')).toBe('wal');
    expect(await pragma(db, 'synchronous')).toBe(1);
    expect(await pragma(db, 'foreign_keys')).toBe(1);
    expect(await pragma(db, 'busy_timeout')).toBeGreaterThan(0);
    expect(await pragma(db, 'busy_timeout')).toBeLessThan(50);
    await expect(
      db
        .insertInto('appearances')
        .values({ digest_id: 1, position: 1, paper_id: 1, comments: null, upvotes: null })
        .execute(),
    ).rejects.toThrow('FOREIGN KEY');
  });

  it('finds again what was stored', async () => {
    const path = join(folder, 'paperboy.db');
    const first = await openDatabase(`sqlite:${path}`);
    await store(first, [{ title: 'T' }]);
    await first.destroy();
    expect(await allPapers(await openFile(path))).toMatchObject([{ title: 'T' }]);
  });

  it('refuses a database that a newer Paperboy wrote, and says what to do', async () => {
    const path = join(folder, 'paperboy.db');
    const db = await openFile(path);
    await db.updateTable('schema_version').set({ version: 999 }).execute();
    const refusal = openDatabase(`sqlite:${path}`);
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(/version 999.*up to \d+\. Install the newer Paperboy/);
  });

  it('opens while another process writes', async () => {
    const path = join(folder, 'paperboy.db');
    const writer = await openFile(path);
    await writer.transaction().execute(async (trx) => {
      await trx.insertInto('settings').values({ key: 'k', value: 'v' }).execute();
      const reader = await openFile(path);
      expect(await reader.selectFrom('settings').selectAll().execute()).toEqual([]);
    });
  });

  it.each([
    [
      'a file that is no database',
      () => writeFileSync(join(folder, 'paperboy.db'), 'not a database, but long enough'.repeat(99)),
      'paperboy.db',
    ],
    ['a folder', () => {}, '.'],
  ])('refuses %s with a path and advice', async (_, prepare, name) => {
    prepare();
    const refusal = openDatabase(`sqlite:${join(folder, name)}`);
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(/cannot be opened: .*DATABASE_URL/);
  });

  it('refuses an address that it does not know, without repeating a password', async () => {
    const refusal = openDatabase('mysql://me:secret@host/db');
    await expect(refusal).rejects.toThrow(/"mysql:".*expected sqlite:PATH/);
    await expect(refusal).rejects.not.toThrow(/secret/);
  });
});
