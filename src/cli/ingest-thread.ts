import { parentPort, type Worker, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { createLog } from '../core/log.ts';
import { startThread } from '../core/thread.ts';
import { currentTrace, newTrace, traced } from '../core/trace.ts';
import { ingestSources } from '../ingest/ingest.ts';
import type { SourceSettings } from '../sources/configured.ts';
import { openDatabase } from '../store/database.ts';

/** What the thread needs to know. */
interface Task {
  databaseUrl: string;
  timezone: string;
  logLevel: string;
  settings: SourceSettings;
  /** Under which it logs. */
  trace: string;
}

/** How long a digest that is being stored may take when a look is ended, in milliseconds. What was stored of it is taken back. */
const LAST_DIGEST = 4000;

export interface IngestThread {
  /** Looks at the configured sources once, in a thread with a connection of its own. */
  run(): Promise<void>;
  /** Ends the look under way, if any, after the digest that is being stored; one that takes too long is left for the next look. */
  stop(): void;
}

/** Ingestion that leaves the event loop of this process alone. Its log goes line by line to `write`. */
export function ingestThread(config: Config, write: (line: string) => void): IngestThread {
  let worker: Worker | null = null;
  const run = () => {
    const started = startThread(import.meta.url, taskOf(config));
    worker = started;
    started.on('message', write);
    return new Promise<void>((resolve, reject) => {
      started.once('error', reject);
      started.once('exit', (code) => {
        worker = null;
        if (code === 0) resolve();
        else reject(new Error(`the thread that reads the sources ended with ${code}`));
      });
    });
  };
  const stop = () => {
    const stopped = worker;
    stopped?.postMessage('stop', []);
    setTimeout(() => void stopped?.terminate(), LAST_DIGEST).unref();
  };
  return { run, stop };
}

function taskOf(config: Config): Task {
  const { databaseUrl, timezone, logLevel, sources, inbox, huggingFaceUrl, feeds, mailbox, contact } = config;
  const { arxivFeedUrl, arxivUrl, arxivCategories, arxivQueries } = config;
  const arxiv = { arxivFeedUrl, arxivUrl, arxivCategories, arxivQueries };
  const settings = { sources, inbox, huggingFaceUrl, feeds, mailbox, contact, ...arxiv };
  return { databaseUrl, timezone, logLevel, settings, trace: currentTrace() ?? newTrace() };
}

async function work({ databaseUrl, timezone, logLevel, settings }: Task, port: NonNullable<typeof parentPort>) {
  const stopping = new AbortController();
  port.once('message', () => stopping.abort());
  const log = createLog(logLevel, (line) => port.postMessage(line));
  const db = await openDatabase(databaseUrl);
  try {
    await ingestSources({ db, log, clock: systemClock, timezone }, settings, { signal: stopping.signal });
  } finally {
    await db.destroy();
    port.close();
  }
}

if (parentPort && isTask(workerData)) {
  const [task, port] = [workerData, parentPort];
  await traced(task.trace, () => work(task, port));
}

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'settings' in data && 'databaseUrl' in data;
}
