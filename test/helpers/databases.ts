import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { temporaryFolder } from '../sources/folder.ts';

/** What this run of the tests keeps its papers in. */
export const engine = process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

/** The address of a database that several connections and processes may use, and that nobody has used yet. */
export async function newDatabaseUrl(): Promise<string> {
  return engine === 'postgres' ? newPostgresUrl() : `sqlite:${join(temporaryFolder(), 'paperboy.db')}`;
}

/** A database of its own, empty. */
export async function emptyDatabase(): ReturnType<typeof openDatabase> {
  return engine === 'postgres' ? onPostgres() : openDatabase('sqlite::memory:');
}

/** The newest databases that this file's tests opened: a property opens hundreds, and a server has not that many connections. */
const open: Awaited<ReturnType<typeof openDatabase>>[] = [];
const MOST_OPEN = 12;

async function onPostgres() {
  const db = await openDatabase(await newPostgresUrl());
  open.push(db);
  if (open.length > MOST_OPEN) await open.shift()?.destroy();
  return db;
}

let template: Promise<string> | null = null;

/** Copies a database with an empty schema, which is faster than making one. */
async function newPostgresUrl(): Promise<string> {
  const server = inject('postgresUrl');
  if (server === null) throw new Error('There is no PostgreSQL server for the tests.');
  template ??= makeTemplate(server);
  const name = newName();
  await command(server, `create database ${name} template ${await template}`);
  return withDatabase(server, name);
}

async function makeTemplate(server: string): Promise<string> {
  const name = newName();
  await command(server, `create database ${name}`);
  await (await openDatabase(withDatabase(server, name))).destroy();
  return name;
}

function newName(): string {
  return `paperboy_${randomBytes(8).toString('hex')}`;
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function command(server: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
