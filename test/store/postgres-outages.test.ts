import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { getSetting, setSetting } from '../../src/store/settings.ts';
import { write } from '../../src/store/write.ts';
import { openWorld } from '../outbox/world.ts';
import { newDatabaseUrl } from '../helpers/databases.ts';
import { command } from '../helpers/postgres-command.ts';
import { type PostgresServer, startServer } from '../helpers/postgres-server.ts';

/** Ends the connections of everybody else to a database, as a server does that is shut down. */
const END_ALL = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

async function opened(url: string) {
  const db = await openDatabase(url);
  onTestFinished(() => db.destroy());
  return db;
}

describe('when the PostgreSQL server breaks connections', () => {
  it('those that wait in the pool are replaced', async () => {
    const url = await newDatabaseUrl();
    const db = await opened(url);
    await Promise.all(Array.from({ length: 5 }, (_, index) => setSetting(db, `${index}`, 'x')));
    await command(url, END_ALL);
    await pause(100);
    expect(await getSetting(db, '4')).toBe('x');
  });

  it('a transaction fails, leaves nothing behind, and the process goes on', async () => {
    const url = await newDatabaseUrl();
    const db = await opened(url);
    const writing = write(db, async (trx) => {
      await setSetting(trx, 'half', 'done');
      await command(url, END_ALL);
      // The connection breaks while nothing is asked of it.
      await pause(100);
      await setSetting(trx, 'other half', 'done');
    });
    await expect(writing).rejects.toThrow();
    await setSetting(db, 'next', 'done');
    expect([await getSetting(db, 'half'), await getSetting(db, 'next')]).toEqual([null, 'done']);
  });

  it('a question under way fails, and the next is answered', async () => {
    const url = await newDatabaseUrl();
    const db = await opened(url);
    const sleeping = sql`select pg_sleep(30)`.execute(db);
    const failure = expect(sleeping).rejects.toThrow('terminating connection');
    await pause(200);
    await command(url, END_ALL);
    await failure;
    await pause(100);
    expect(await getSetting(db, 'x')).toBeNull();
  });
});

describe('when the PostgreSQL server is restarted', () => {
  it('what is to be sent is sent once', { timeout: 60_000 }, async () => {
    const server = await ownServer();
    const world = await openWorld({ url: server.url });
    const channels = Array.from({ length: 20 }, (_, index) => world.channel(`channel-${index}`));
    const texts = Array.from({ length: 10 }, (_, index) => `paper ${index}`);
    for (const channel of channels) await world.plan(channel, ...texts);
    await world.start();
    const posted = () => channels.flatMap(world.posted).length;
    await until(() => posted() >= 20);
    await server.restart();
    await until(() => posted() >= 200);
    await until(async () => (await world.states()).every((state) => state === 'sent'));
    for (const channel of channels) expect(world.posted(channel)).toEqual(texts);
  });
});

async function ownServer(): Promise<PostgresServer> {
  // A server that was named for the tests is not ours to stop.
  expect(inject('postgres')).not.toBeNull();
  const server = await startServer();
  onTestFinished(() => server.stop());
  return server;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20);
}
