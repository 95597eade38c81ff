import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/store/database.ts';
import { command, withDatabase } from './postgres-command.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server for tests, and a database there with an empty schema; `null` where there is none. */
    postgres: { url: string; template: string } | null;
  }
}

/** The tests that run on PostgreSQL too: a server named by `TEST_DATABASE_URL`, or one that this starts and ends. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: async () => {} } : await ours();
  if (!server) return project.provide('postgres', null);
  const template = `paperboy_${randomBytes(4).toString('hex')}`;
  await command(server.url, `create database ${template}`);
  await (await openDatabase(withDatabase(server.url, template))).destroy();
  project.provide('postgres', { url: server.url, template });
  return async () => {
    if (given) await dropDatabases(given, template);
    await server.stop();
  };
}

async function ours() {
  try {
    const { startServer } = await import('./postgres-server.ts');
    return await startServer();
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the server ended as it was started';
    process.stdout.write(`The tests on PostgreSQL are skipped, for no server can be started here: ${reason}\n`);
    return null;
  }
}

/** On a server that goes on, nothing of this run stays. */
async function dropDatabases(url: string, prefix: string): Promise<void> {
  const rows = await command(url, `select datname from pg_database where datname like '${prefix}%'`);
  for (const { datname } of rows) await command(url, `drop database ${String(datname)}`);
}
