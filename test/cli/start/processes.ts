import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished, vi } from 'vitest';
import { projectPath } from '../../../src/core/root.ts';
import type { SCHEDULES_LEASE, SENDER_LEASE } from '../../../src/store/holding.ts';
import { findLease } from '../../../src/store/leases.ts';
import { bundle } from '../../outbox/bundle.ts';
import { openWorld, type World } from '../../outbox/world.ts';
import { temporaryFolder } from '../../sources/folder.ts';

export interface Line {
  level: number;
  msg: string;
}

/** A process that runs. */
export interface Launched {
  child: ChildProcess;
  /** Its log. */
  lines: Line[];
  /** Waits until it has logged what begins so. */
  logged: (begin: string) => Promise<void>;
  /** Kills it at once; resolves when it is gone. */
  kill: () => Promise<void>;
  /** Asks it to end; gives its exit code and how long that took, in seconds. */
  end: (signal?: NodeJS.Signals) => Promise<{ code: number | null; seconds: number }>;
}

/** A local Discord, a database, and processes of Paperboy on both. */
export interface Host extends World {
  /** Starts a process with these roles; resolves when it runs. */
  launch: (only: string, environment?: Record<string, string>) => Promise<Launched>;
  /** The process id of the holder of a lease; `null` when there is none, or it has just ended. */
  holder: (lease: typeof SENDER_LEASE | typeof SCHEDULES_LEASE) => Promise<number | null>;
}

/** `takenOverAfter` as for `start`, in milliseconds. */
export async function openHost(takenOverAfter: number): Promise<Host> {
  const world = await openWorld();
  const file = await bundle('../cli/start/start-process.ts');
  const launch: Host['launch'] = async (only, environment = {}) => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, [file, projectPath('dist'), only, String(takenOverAfter)], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        DISCORD_TOKEN: world.preview.token,
        DISCORD_API_URL: world.preview.apiUrl,
        DATABASE_URL: world.url,
        PAPERBOY_SOURCES: 'inbox',
        PAPERBOY_INBOX: join(folder, 'inbox'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const launched = follow(child);
    await vi.waitUntil(() => launched.runs() || child.exitCode !== null, { timeout: 60_000, interval: 10 });
    return launched;
  };
  const holder: Host['holder'] = async (lease) => {
    const owner = (await findLease(world.db, lease))?.owner;
    return owner === undefined ? null : Number.parseInt(owner, 10);
  };
  return { ...world, launch, holder };
}

function follow(child: ChildProcess): Launched & { runs: () => boolean } {
  const lines: Line[] = [];
  let runs = false;
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    if (line.startsWith('{')) lines.push(JSON.parse(line) as Line);
    else runs ||= /is in\. Add it|^Paperboy runs/.test(line);
  });
  const closed = once(child, 'close');
  return {
    child,
    lines,
    runs: () => runs,
    async logged(begin) {
      await vi.waitUntil(() => lines.some(({ msg }) => msg.startsWith(begin)), { timeout: 30_000, interval: 10 });
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async end(signal = 'SIGTERM') {
      const begun = performance.now();
      child.kill(signal);
      const [code] = (await closed) as [number | null];
      return { code, seconds: (performance.now() - begun) / 1000 };
    },
  };
}
