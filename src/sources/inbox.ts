import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { UserError } from '../core/errors.ts';
import { digestNames, fileProblem, readWhole } from './files.ts';
import { moveInto, REASON_SUFFIX, writeReason } from './put-away.ts';
import type { Fault, Source, SourceDocument } from './source.ts';

/** A file that changed more recently may still be growing; in milliseconds. */
const SETTLED_AFTER = 2000;

const DONE = 'done';
const UNREADABLE = 'unreadable';

export interface InboxOptions {
  folder: string;
  /** Size of the largest file, in bytes. */
  limit: number;
  clock: Clock;
  /** Waits for so many milliseconds. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * A folder that people and programs put digests into. What has been read moves to `done/` in it; what cannot be read moves
 * intact to `unreadable/`, beside a text file with the reason. A file that keeps changing waits for the next round. Folders
 * and links stay where they are and are refused every time.
 */
export function inboxSource({ folder, limit, clock, wait = pause }: InboxOptions): Source {
  return {
    name: 'inbox',
    documents: async () => {
      const found = await list(folder);
      const youngest = found.reduce((newest, { stats }) => Math.max(newest, stats.mtimeMs), 0);
      const settledIn = youngest + SETTLED_AFTER - clock().getTime();
      if (settledIn > 0) await wait(Math.min(settledIn, SETTLED_AFTER));
      return found.map(({ name, stats }) => inboxDocument(folder, name, stats, limit));
    },
  };
}

/** How many files of the inbox wait in `unreadable/` for somebody to look at them. */
export async function countUnreadable(folder: string): Promise<number> {
  const names = await readdir(join(folder, UNREADABLE)).catch(() => []);
  return names.filter((name) => !name.endsWith(REASON_SUFFIX)).length;
}

interface Found {
  name: string;
  stats: Stats;
}

async function list(folder: string): Promise<Found[]> {
  try {
    for (const name of [DONE, UNREADABLE]) await mkdir(join(folder, name), { recursive: true });
    const names = (await digestNames(folder)).filter((name) => name !== DONE && name !== UNREADABLE);
    const found = await Promise.all(names.map(async (name) => ({ name, stats: await lookAt(join(folder, name)) })));
    return found.flatMap(({ name, stats }) => (stats ? { name, stats } : []));
  } catch (error) {
    throw new UserError(
      `The inbox ${folder} cannot be used: ${fileProblem(error)} PAPERBOY_INBOX names another folder.`,
    );
  }
}

/** `null` when it is there no more. */
async function lookAt(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

function inboxDocument(folder: string, name: string, listed: Stats, limit: number): SourceDocument {
  const path = join(folder, name);
  const hasChanged = async () => {
    const stats = await lookAt(path);
    return !stats || stats.size !== listed.size || stats.mtimeMs !== listed.mtimeMs || stats.ino !== listed.ino;
  };
  return {
    file: path,
    origin: name,
    read: async () => {
      if (listed.isSymbolicLink()) throw new UserError('This is a link. Put the file itself into the inbox.');
      if (listed.isDirectory()) throw new UserError('This is a folder. Put its files into the inbox themselves.');
      if (await hasChanged()) return null;
      try {
        const bytes = await readWhole(path, limit);
        return (await hasChanged()) ? null : bytes;
      } catch (error) {
        // Another process may have taken it just now.
        if (await hasChanged()) return null;
        throw error;
      }
    },
    done: () => putAway(async () => !(await hasChanged()) && moveInto(join(folder, DONE), path)),
    refuse: (fault) => putAway(async () => listed.isFile() && !(await hasChanged()) && refuse(folder, path, fault)),
  };
}

async function refuse(folder: string, path: string, fault: Fault): Promise<void> {
  const target = await moveInto(join(folder, UNREADABLE), path);
  if (target) await writeReason(target, fault);
}

/** Returns what went wrong, in words, or `null`. */
async function putAway(move: () => Promise<unknown>): Promise<string | null> {
  try {
    await move();
    return null;
  } catch (error) {
    return `It stays in the inbox and will be read again, for it cannot be moved: ${fileProblem(error)}`;
  }
}
