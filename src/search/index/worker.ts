import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../../core/errors.ts';
import { startThread } from '../../core/thread.ts';
import { openDatabase } from '../../store/database.ts';
import { buildSnapshot } from './build.ts';
import { type Snapshot, writeSnapshot } from './snapshot.ts';

interface Task {
  databaseUrl: string;
  /** Where to leave the snapshot, for the next start; `null` for nowhere. */
  file: string | null;
}

export interface Built {
  snapshot: Snapshot;
  /** Why it could not be left for the next start; `null`: it was, or was not to be. */
  problem: string | null;
}

/** Builds the index anew in a thread of its own, leaves a snapshot of it, and returns it. */
export function buildInWorker(task: Task): Promise<Built> {
  const worker = startThread(import.meta.url, task);
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that builds the search index ended with ${code}`)));
  });
}

async function build({ databaseUrl, file }: Task): Promise<void> {
  const db = await openDatabase(databaseUrl);
  try {
    const snapshot = await buildSnapshot(db);
    const problem = file === null ? null : await writeSnapshot(file, snapshot).then(() => null, errorText);
    const buffers = Object.values(snapshot.arrays).map(({ buffer }) => buffer as ArrayBuffer);
    parentPort?.postMessage({ snapshot, problem } satisfies Built, [...new Set(buffers)]);
  } finally {
    await db.destroy();
  }
}

if (parentPort && isTask(workerData)) await build(workerData);

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'databaseUrl' in data && 'file' in data;
}
