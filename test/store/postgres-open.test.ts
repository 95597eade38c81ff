import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { openDatabase } from '../../src/store/database.ts';
import { deliveriesAfter, planDelivery } from '../../src/store/deliveries.ts';
import { getSetting, setSetting } from '../../src/store/settings.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { command } from '../helpers/postgres-command.ts';
import { allPapers, memory, store } from './fixtures.ts';

describe('a PostgreSQL database', () => {
  it('is set up once when several processes open it for the first time together', async () => {
    const url = await newDatabaseUrl();
    await command(url, 'drop schema public cascade; create schema public');
    const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(url)));
    for (const [index, db] of opened.entries()) await setSetting(db, `process ${index}`, 'ready');
    expect(await getSetting(opened[0]!, 'process 4')).toBe('ready');
    for (const db of opened) await db.destroy();
  });

  it.each([
    ['a wrong password', (url: URL) => (url.password = 'b3://hidden@/x'), /authentication failed/],
    ['a database that is not there', (url: URL) => (url.pathname = '/nowhere'), /does not exist/],
    ['a server that does not listen', (url: URL) => (url.port = '1'), /ECONNREFUSED/],
    ['a host that is not there', (url: URL) => (url.hostname = 'nowhere.invalid'), /ENOTFOUND|EAI_AGAIN/],
    ['encryption that the server does not have', (url: URL) => (url.search = '?sslmode=require'), /SSL/],
    ['an address that is none', (url: URL) => (url.search = '?sslrootcert=/nowhere/root.pem'), /nowhere/],
  ])('that cannot be opened, for %s, is named in words without its password', async (_what, change, words) => {
    const url = new URL(inject('postgres')!.url);
    const password = url.password;
    change(url);
    const failure: unknown = await openDatabase(url.href).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    const { message } = failure as UserError;
    expect(message).toMatch(words);
    expect(message).not.toContain(`:${password}@`);
    expect(message).not.toContain('hidden');
  });

  it('keeps texts that PostgreSQL refuses, with a sign in place of what it refuses', async () => {
    const db = await memory();
    await setSetting(db, 'n\0l', 'a\0b \uD83D.');
    expect(await getSetting(db, 'n\0l')).toBe('a\uFFFDb \uFFFD.');
    const paper = { title: 'Owls\0 \uDE00', abstract: '\0', externalId: '\0x', authors: ['A\0'], keywords: ['\0'] };
    await store(db, [{ ...paper, url: 'https://x.example/\0', organization: { handle: null, name: 'O\0' } }]);
    expect(await allPapers(db)).toMatchObject([
      { title: 'Owls\uFFFD \uFFFD', externalId: '\uFFFDx', authors: ['A\0'] },
    ]);
    const again = await store(db, [{ ...paper, url: 'https://x.example/\0' }], { date: '2025-03-12' });
    expect(again).toMatchObject({ new: 0, known: 1, updated: 0 });
  });

  it('keeps messages with what PostgreSQL refuses in them', async () => {
    const db = await memory();
    const destination = { kind: 'channel', id: '1' } as const;
    const payload = { content: 'a\0 \uD83D \\u0000' };
    expect(await planDelivery(db, { destination, subject: 's', payload }, new Date())).not.toBeNull();
    const [planned] = await deliveriesAfter(db, 0, 1);
    expect(JSON.parse(planned?.payloadJson ?? '')).toEqual(payload);
  });

  it('keeps numbers of 64 bits, and gives counts as numbers', async () => {
    const db = await memory();
    await store(db, [{ title: 'Owls', comments: 3e9, upvotes: 2 ** 53 - 1 }]);
    expect(await allPapers(db)).toMatchObject([{ comments: 3e9, upvotes: 2 ** 53 - 1 }]);
  });

  it('compares texts byte by byte, whatever its language', async () => {
    const db = await memory();
    for (const key of ['b', 'B', 'ä', 'a', 'Z']) await setSetting(db, key, '');
    const rows = await db.selectFrom('settings').select('key').orderBy('key').execute();
    expect(rows.map(({ key }) => key)).toEqual(['B', 'Z', 'a', 'b', 'ä']);
  });

  it('numbers rows one after the other', async () => {
    const db = await memory();
    const { rows } = await sql<{ column_name: string }>`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and is_identity = 'YES'`.execute(db);
    expect(new Set(rows.map(({ column_name }) => column_name))).toEqual(new Set(['id']));
    expect(rows.length).toBeGreaterThan(5);
  });
});
