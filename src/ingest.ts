import type { Clock } from './core/clock.ts';
import { dayInZone, isDay } from './core/dates.ts';
import { errorText, UserError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { Digest, Layout, Rejection } from './core/paper.ts';
import { MAX_BYTES, readDigest } from './digests/read.ts';
import { UnreadableDigestError } from './digests/unreadable.ts';
import { configuredSources, type SourceSettings } from './sources/configured.ts';
import { pathsSource } from './sources/paths.ts';
import type { Fault, Source, SourceDocument } from './sources/source.ts';
import type { Db } from './store/database.ts';
import { listDigests } from './store/digests.ts';
import { finishIngestion, startIngestion } from './store/ingestions.ts';
import { type RereadCounts, rereadDigest } from './store/reread.ts';
import { storeDigest, type StoredCounts } from './store/store-digest.ts';

/** Of a digest with many damaged entries the log names the first; all are in the report. */
const LOGGED_REJECTIONS = 10;

export interface World {
  db: Db;
  log: Log;
  clock: Clock;
  /** IANA name; decides which day it is. */
  timezone: string;
}

export interface IngestOptions {
  /** The day the digests were read, `YYYY-MM-DD`. Default: today, and the document's own date where it has one. */
  date?: string | undefined;
  /** Called after each digest. `done` and `total` count digests. */
  onReport?: (report: IngestReport, done: number, total: number) => void;
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

/**
 * Reads the files and folders at `paths`, which stay where they are. Bad input is reported, never thrown.
 * @throws UserError when `options.date` is not a day.
 */
export async function ingestPaths(
  world: World,
  paths: readonly string[],
  options: IngestOptions = {},
): Promise<IngestReport[]> {
  checkDate(options);
  return ingestFrom(world, [pathsSource(paths, MAX_BYTES)], options);
}

/**
 * Reads every configured source once and records the pass. Bad input is reported, never thrown. A page of some hundred
 * papers takes the event loop for some ten milliseconds at a time, a JSON Lines corpus of 50,000 papers for a second: one
 * that large is better read by `paperboy ingest`, in a process of its own.
 * @throws UserError when `options.date` is not a day.
 */
export async function ingestSources(
  world: World,
  settings: SourceSettings,
  options: IngestOptions = {},
): Promise<IngestReport[]> {
  checkDate(options);
  const { db, clock } = world;
  const id = await startIngestion(db, clock());
  const reports = await ingestFrom(world, configuredSources(settings, clock, MAX_BYTES), options);
  const unreadable = reports.filter(({ error }) => error).length;
  const newPapers = reports.reduce((sum, report) => sum + report.new, 0);
  await finishIngestion(db, id, { digests: reports.length - unreadable, unreadable, newPapers }, clock());
  return reports;
}

/** What became of one stored digest. */
export interface RereadReport extends Partial<RereadCounts> {
  /** File name or address that the digest came from. */
  file: string;
  source: string;
  /** Set when this reader cannot read it; it stays as it was. */
  error?: Fault;
}

/**
 * Reads the kept document of every stored digest again, as today's reader understands it. One that it cannot read stays as
 * it was, and is reported.
 */
export async function reread(
  { db, log }: Pick<World, 'db' | 'log'>,
  onReport?: (report: RereadReport, done: number, total: number) => void,
): Promise<RereadReport[]> {
  const digests = await listDigests(db);
  const reports: RereadReport[] = [];
  for (const [index, { id, origin: file, source }] of digests.entries()) {
    const report = await rereadDigest(db, id, readDigest).then(
      (counts): RereadReport => ({ file, source, ...counts }),
      (error: unknown): RereadReport => ({ file, source, error: faultOf(error) }),
    );
    log[report.error ? 'warn' : 'info'](report, report.error ? 'digest not read again' : 'digest read again');
    reports.push(report);
    onReport?.(report, index + 1, digests.length);
  }
  return reports;
}

function checkDate({ date }: IngestOptions): void {
  if (date && !isDay(date)) throw new UserError(`"${date}" is not a day. Expected YYYY-MM-DD.`);
}

interface Waiting extends SourceDocument {
  source: string;
}

async function ingestFrom(world: World, sources: Source[], options: IngestOptions): Promise<IngestReport[]> {
  const documents = (await Promise.all(sources.map(listDocuments))).flat();
  const reports: IngestReport[] = [];
  for (const [index, document] of documents.entries()) {
    const report = await ingestDocument(world, document, options.date);
    if (!report) continue;
    reports.push(report);
    options.onReport?.(report, index + 1, documents.length);
  }
  return reports;
}

/** A source that cannot be reached counts as one document that cannot be read. */
async function listDocuments(source: Source): Promise<Waiting[]> {
  try {
    return (await source.documents()).map((document) => ({ ...document, source: source.name }));
  } catch (error) {
    const { name } = source;
    return [{ file: name, origin: name, source: name, read: () => Promise.reject(error), done: stays, refuse: stays }];
  }
}

const stays = () => Promise.resolve(null);

/** Returns `null` when the document is not ready. */
async function ingestDocument(world: World, document: Waiting, date: string | undefined): Promise<IngestReport | null> {
  const { db, clock, timezone, log } = world;
  const readAt = clock();
  const readOn = date ?? dayInZone(readAt, timezone);
  const reading = await readDocument(document, { readOn, ...(date && { date }) });
  if (!reading) {
    log.info({ file: document.file }, 'left for the next round: it is still being written');
    return null;
  }
  if ('reason' in reading) return failed(document, reading, await document.refuse(reading), log);
  try {
    const { source, origin } = document;
    const counts = await storeDigest(db, { source, origin, ...reading, givenDate: date ?? null, readAt, readOn });
    return read(document, reading.digest, counts, await document.done(), log);
  } catch (error) {
    log.error({ err: error, file: document.file }, 'a digest could not be stored');
    return failed(document, { line: null, reason: `It could not be stored: ${errorText(error)}` }, null, log);
  }
}

async function readDocument(
  document: Waiting,
  options: { readOn: string; date?: string },
): Promise<{ raw: Uint8Array<ArrayBuffer>; digest: Digest } | Fault | null> {
  try {
    const raw = await document.read();
    return raw && { raw, digest: readDigest(raw, options) };
  } catch (error) {
    return faultOf(error);
  }
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

function faultOf(error: unknown): Fault {
  return { line: error instanceof UnreadableDigestError ? error.line : null, reason: errorText(error) };
}
