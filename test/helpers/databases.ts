import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inject, onTestFinished, TestRunner } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { temporaryFolder } from '../sources/folder.ts';
import { command, withDatabase } from './postgres-command.ts';

/** What this run of the tests keeps its papers in. */
export const engine = process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

type Opened = Awaited<ReturnType<typeof openDatabase>>;

/** The address of a database that several connections and processes may use, and that nobody has used yet. */
export async function newDatabaseUrl(): Promise<string> {
  return engine === 'postgres' ? newPostgresUrl() : `sqlite:${join(temporaryFolder(), 'paperboy.db')}`;
}

/** A database of its own, empty, for as long as the test runs. Of those that one test opens the newest twelve stay open. */
export async function emptyDatabase(): Promise<Opened> {
  return engine === 'postgres' ? onPostgres() : openDatabase('sqlite::memory:');
}

const MOST_OPEN = 12;

interface Lent {
  url: string;
  db: Opened;
}

/** Databases in use by the test under way, and those that the next may have: emptying one takes a hundredth of making one. */
const lent: Lent[] = [];
const free: Lent[] = [];

async function onPostgres(): Promise<Opened> {
  if (lent.length >= MOST_OPEN) free.push(...lent.splice(0, 1));
  const used = free.pop();
  const { url, db } = used ? await emptied(used) : await fresh();
  if (lent.push({ url, db }) === 1 && TestRunner.getCurrentTest()) {
    onTestFinished(() => void free.push(...lent.splice(0)));
  }
  return db;
}

async function fresh(): Promise<Lent> {
  const url = await newPostgresUrl();
  return { url, db: await openDatabase(url) };
}

async function emptied({ url, db }: Lent): Promise<Lent> {
  try {
    await EMPTY.execute(db);
    return { url, db };
  } catch {
    // The test closed it.
    const again = await openDatabase(url);
    await EMPTY.execute(again);
    return { url, db: again };
  }
}

/** The address of a database copied from one with an empty schema. */
async function newPostgresUrl(): Promise<string> {
  const server = inject('postgres');
  if (server === null) throw new Error('There is no PostgreSQL server for the tests.');
  const name = `${server.template}_${randomBytes(6).toString('hex')}`;
  await command(server.url, `create database ${name} template ${server.template}`);
  return withDatabase(server.url, name);
}

/** Leaves what the migrations left. */
const EMPTY = sql`do $$
  declare name text;
  begin
    for name in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('schema_version', 'counters') loop
      execute format('delete from %I', name);
    end loop;
    for name in select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace loop
      perform setval(name, 1, false);
    end loop;
    update counters set value = 0;
  end $$`;
