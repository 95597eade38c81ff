import type { Clock } from '../core/clock.ts';
import { dayInZone } from '../core/dates.ts';
import { errorText } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Digest, Expected, Layout, Rejection } from '../core/paper.ts';
import { readDigestOrMail } from '../digests/read-digest-or-mail.ts';
import { UnreadableDigestError } from '../digests/unreadable.ts';
import { FetchError, RestingError } from '../sources/http/errors.ts';
import type { HttpOptions } from '../sources/http/http.ts';
import type { Fault, SourceDocument } from '../sources/source.ts';
import type { Db } from '../store/database.ts';
import { storeDigest, type StoredCounts } from '../store/store-digest.ts';

/** Of a digest with many damaged entries the log names the first; all are in the report. */
const LOGGED_REJECTIONS = 10;

export interface World {
  db: Db;
  log: Log;
  clock: Clock;
  /** IANA name; decides which day it is. */
  timezone: string;
  /** What stands in for the network and for waiting; by default the real ones. */
  network?: Pick<HttpOptions, 'fetch' | 'lookup' | 'wait' | 'random'>;
}

/** What became of one document; `ingest --json` prints it. */
export interface IngestReport {
  file: string;
  source: string;
  /** `null` when it could not be read. */
  layout: Layout | null;
  date: string | null;
  entries: number;
  /** Papers stored for the first time. */
  new: number;
  /** Entries whose paper was known. */
  known: number;
  /** Known papers of which something was learnt or corrected. */
  updated: number;
  rejected: Rejection[];
  /** Set when it could not be read or stored at all. */
  error?: Fault;
  /** Set when it was read but could not be put away. */
  warning?: string;
}

export interface Trouble {
  outcome: 'failed' | 'unreadable';
  problem: string;
  /** When the host may be asked again; `null`: at any time. */
  until: Date | null;
  /** Set when the host was not asked, for what went wrong earlier. */
  isResting?: boolean;
}

export interface Waiting extends SourceDocument {
  source: string;
}

interface Ingested {
  /** `null` when there was nothing to read. */
  report: IngestReport | null;
  arrived?: number;
  trouble?: Trouble | null;
}

/** Reads and stores one document of a source. Whatever is wrong with it is reported, never thrown. */
export async function ingestDocument(world: World, document: Waiting, givenDay: string | undefined): Promise<Ingested> {
  const { db, clock, timezone, log } = world;
  const readAt = clock();
  const date = document.date ?? givenDay;
  const readOn = givenDay ?? dayInZone(readAt, timezone);
  const { source, origin, file, list } = document;
  const reading = await readDocument(document, { readOn, ...(date && { date }) });
  if (!reading) {
    log.debug({ file }, 'nothing to read: it has not changed, or is still being written');
    return { report: null };
  }
  if (reading instanceof FetchError) return unreachable(document, reading, log);
  if ('reason' in reading) {
    const report = failed(document, reading, await document.refuse(reading), log);
    return { report, trouble: { outcome: 'unreadable', problem: reading.reason, until: null } };
  }
  try {
    const counts = await storeDigest(db, { source, origin, ...reading, givenDate: date ?? null, readAt, readOn, list });
    return {
      report: read(document, reading.digest, counts, await document.done(reading.digest.rejected.length), log),
      arrived: counts.arrived,
    };
  } catch (error) {
    log.error({ err: error, file }, 'a digest could not be stored');
    const problem = `It could not be stored: ${errorText(error)}`;
    const report = failed(document, { line: null, reason: problem }, null, log);
    return { report, trouble: { outcome: 'failed', problem, until: null } };
  }
}

/** What will be tried again by itself is no digest that could not be read. */
function unreachable(document: Waiting, error: FetchError, log: Log): Ingested {
  const { message: problem, kind, until } = error;
  const isResting = error instanceof RestingError;
  const trouble = { outcome: 'failed', problem, until, isResting } as const;
  if (kind === 'permanent') return { report: failed(document, faultOf(error), null, log), trouble };
  const { file, source } = document;
  log[isResting ? 'debug' : 'warn']({ file, source, problem, until }, 'a source could not be reached');
  return { report: null, trouble };
}

async function readDocument(
  document: Waiting,
  options: { readOn: string; date?: string },
): Promise<{ raw: Uint8Array<ArrayBuffer>; digest: Digest } | Fault | FetchError | null> {
  try {
    const raw = await document.read();
    if (!raw) return null;
    return { raw, digest: await readExpected(raw, document, options) };
  } catch (error) {
    return error instanceof FetchError ? error : faultOf(error);
  }
}

/**
 * The digest in `raw`, which has to be of an expected layout. A day that the source knows stands for the document's own.
 * @throws UnreadableDigestError when it is not.
 */
export async function readExpected(
  raw: Uint8Array<ArrayBuffer>,
  { date, layouts }: Expected,
  options: { readOn: string; date?: string },
): Promise<Digest> {
  const digest = await readDigestOrMail(raw, options);
  if (layouts && !layouts.includes(digest.layout)) {
    throw new UnreadableDigestError(1, `This looks like "${digest.layout}"; expected ${layouts.join(' or ')}.`);
  }
  return date === undefined ? digest : { ...digest, date };
}

function read(
  { file, source }: Waiting,
  { layout, rejected }: Digest,
  { date, entries, updated, known, new: created }: StoredCounts,
  warning: string | null,
  log: Log,
): IngestReport {
  const report = { file, source, layout, date, entries, new: created, known, updated };
  const logged = { ...report, rejected: rejected.slice(0, LOGGED_REJECTIONS), rejectedCount: rejected.length, warning };
  log[warning || rejected.length > 0 ? 'warn' : 'info'](logged, 'digest read');
  return { ...report, rejected, ...(warning && { warning }) };
}

function failed({ file, source }: Waiting, error: Fault, warning: string | null, log: Log): IngestReport {
  const counts = { entries: 0, new: 0, known: 0, updated: 0, rejected: [] };
  log.warn({ file, source, error, warning }, 'digest not read');
  return { file, source, layout: null, date: null, ...counts, error, ...(warning && { warning }) };
}

/** What went wrong with a document, in words, and where. */
export function faultOf(error: unknown): Fault {
  return { line: error instanceof UnreadableDigestError ? error.line : null, reason: errorText(error) };
}
