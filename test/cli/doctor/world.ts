import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import type { Finding, Machine } from '../../../src/cli/doctor/finding.ts';
import { type Db, openDatabase } from '../../../src/store/database.ts';
import { recorder } from '../terminal.ts';

/** The folder of the test that runs. */
export let folder: string;

/** Gives each test of a file a folder of its own. */
export function inFolders(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-doctor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}

export const NOW = new Date('2025-03-11T08:00:00Z');

/** Hosts elsewhere answer; those on this machine are asked. */
const wellFetch: typeof fetch = async (input, init) =>
  typeof input === 'string' && input.includes('//127.0.0.1') ? fetch(input, init) : new Response(null, { status: 200 });

export const wellMachine: Machine = {
  clock: () => NOW,
  fetch: wellFetch,
  nodeVersion: '22.1.0',
  space: async () => ({ free: 50e9, total: 100e9 }),
  patience: 20_000,
};

export function environment(): Record<string, string> {
  return { DATABASE_URL: `sqlite:${join(folder, 'data', 'archive.db')}`, PAPERBOY_INBOX: join(folder, 'inbox') };
}

/** What the doctor finds, by check. */
export async function examine(
  given: Record<string, string> = {},
  machine: Partial<Machine> = {},
  written: Record<string, string> = {},
) {
  const { terminal, lines, notes } = recorder();
  const read = () => ({ given: { ...environment(), ...given }, written });
  const code = await doctor(read, { json: true }, terminal, { ...wellMachine, ...machine });
  const results = lines.map((line) => JSON.parse(line) as Finding & { check: string });
  const of = (area: string) => results.filter(({ check }) => check === area).map(({ level, text }) => [level, text]);
  return { code, results, of, lines, note: notes.join('\n') };
}

/** Prepares the database. */
export async function fill(use: (db: Db) => Promise<unknown> = async () => {}): Promise<string> {
  const url = environment().DATABASE_URL ?? '';
  const db = await openDatabase(url);
  await use(db);
  await db.destroy();
  return url.slice('sqlite:'.length);
}
