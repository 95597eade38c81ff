import type { Clock } from './core/clock.ts';
import { dayInZone, isDay } from './core/dates.ts';
import { errorText, UserError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { Digest, Layout, Rejection } from './core/paper.ts';
import { readDigestOrMail } from './digests/read-digest-or-mail.ts';
import { MAX_BYTES } from './digests/read.ts';
import { UnreadableDigestError } from './digests/unreadable.ts';
import { restOn, staleAt } from './sources/calendar.ts';
import { configuredSources, type SourceSettings } from './sources/configured.ts';
import { FetchError, RestingError } from './sources/http/errors.ts';
import { createHttp, type HttpOptions } from './sources/http/http.ts';
import { userAgent } from './sources/http/user-agent.ts';
import { huggingFaceSource } from './sources/hugging-face.ts';
import { pathsSource } from './sources/paths.ts';
import type { Fault, Source, SourceDocument } from './sources/source.ts';
import type { SourceTools } from './sources/tools.ts';
import type { Db } from './store/database.ts';
import { listDigests } from './store/digests.ts';
import { finishIngestion, startIngestion } from './store/ingestions.ts';
import { type RereadCounts, rereadDigest } from './store/reread.ts';
import { hostTurns, sourceMemory } from './store/source-memory.ts';
import { forgetOtherSources, type Look, recordLook } from './store/source-states.ts';
import { storeDigest, type StoredCounts } from './store/store-digest.ts';

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

export interface IngestOptions {
  /** The day the digests were read, `YYYY-MM-DD`. Default: today, and the document's own date where it has one. */
  date?: string | undefined;
  /** Called after each digest. `done` and `total` count digests. */
  onReport?: (report: IngestReport, done: number, total: number) => void;
  /** Called for a source that could not be reached: what went wrong, in words, and when its host may be asked again. */
  onTrouble?: (source: string, problem: string, until: Date | null) => void;
  /** Aborted to end the pass after the digests that are being stored. */
  signal?: AbortSignal;
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
 * Looks at every configured source that is due, all at once, and records the pass and how each source does. Bad input is
 * reported, never thrown. A page of some hundred papers takes the event loop for some ten milliseconds at a time, a large
 * JSON Lines file for a second: a bot that serves calls this in a thread of its own.
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
  const sources = configuredSources(settings, sourceTools(world, settings.contact, options.signal));
  await forgetOtherSources(
    db,
    sources.map(({ name }) => name),
  );
  const reports = await ingestFrom(world, sources, options, (source, looked) => record(world, source, looked));
  const unreadable = reports.filter(({ error }) => error).length;
  const newPapers = reports.reduce((sum, report) => sum + report.new, 0);
  await finishIngestion(db, id, { digests: reports.length - unreadable, unreadable, newPapers }, clock());
  return reports;
}

/** Reads the list of each of `days` from one source, whose state stays as it is. */
export async function ingestDays(
  world: World,
  settings: SourceSettings,
  days: readonly string[],
  options: IngestOptions = {},
): Promise<IngestReport[]> {
  const tools = sourceTools(world, settings.contact, options.signal);
  return ingestFrom(world, [huggingFaceSource(tools, settings.huggingFaceUrl, days)], options);
}

/** What the sources of this process may use. */
export function sourceTools(world: World, contact: string | null, signal = new AbortController().signal): SourceTools {
  const { db, clock, timezone, network } = world;
  const http = createHttp({ turns: hostTurns(db), clock, userAgent: userAgent(contact), ...network });
  return { clock, timezone, limit: MAX_BYTES, http, memory: sourceMemory(db, clock), signal };
}

async function record({ db, clock }: World, source: Source, { trouble, arrived }: Looked): Promise<void> {
  const { calendar } = source;
  const now = clock();
  const look: Look = {
    outcome: trouble?.outcome ?? 'read',
    problem: trouble?.isResting ? null : (trouble?.problem ?? null),
    nextTryAt: trouble?.until ?? null,
    isFresh: arrived > 0,
    rest: calendar ? restOn(calendar, now) : null,
    staleAfter: (freshAt) => (calendar ? staleAt(calendar, freshAt) : null),
  };
  await recordLook(db, source.name, look, now);
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
    const report = await rereadDigest(db, id, readDigestOrMail).then(
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

/** What a look at one source brought. */
interface Looked {
  reports: IngestReport[];
  /** Papers that a digest shows and did not show before. */
  arrived: number;
  /** The first thing that went wrong. */
  trouble: Trouble | null;
}

interface Trouble {
  outcome: 'failed' | 'unreadable';
  problem: string;
  /** When the host may be asked again; `null`: at any time. */
  until: Date | null;
  /** Set when the host was not asked, for what went wrong earlier. */
  isResting?: boolean;
}

interface Waiting extends SourceDocument {
  source: string;
}

interface Progress {
  done: number;
  total: number;
}

/** Looks at all sources at once, so that none waits for another. Reports are in the order of `sources`. */
async function ingestFrom(
  world: World,
  sources: Source[],
  options: IngestOptions,
  onLooked: (source: Source, looked: Looked) => Promise<void> = async () => {},
): Promise<IngestReport[]> {
  const progress: Progress = { done: 0, total: 0 };
  const looks = sources.map(async (source) => {
    if (source.isDue && !(await source.isDue())) return [];
    const looked = await lookAt(world, source, options, progress);
    if (!options.signal?.aborted) await onLooked(source, looked);
    return looked.reports;
  });
  return (await Promise.all(looks)).flat();
}

async function lookAt(world: World, source: Source, options: IngestOptions, progress: Progress): Promise<Looked> {
  const looked: Looked = { reports: [], arrived: 0, trouble: null };
  const documents = await listDocuments(source);
  progress.total += documents.length;
  for (const document of documents) {
    if (options.signal?.aborted) break;
    const { report, arrived = 0, trouble = null } = await ingestDocument(world, document, options.date);
    progress.done += 1;
    looked.arrived += arrived;
    // That a host failed says more than that one document of it could not be read.
    if (trouble && looked.trouble?.outcome !== 'failed') {
      looked.trouble = trouble.outcome === 'failed' ? trouble : (looked.trouble ?? trouble);
    }
    if (!report) continue;
    looked.reports.push(report);
    options.onReport?.(report, progress.done, progress.total);
  }
  if (looked.trouble?.outcome === 'failed') {
    const { problem, until } = looked.trouble;
    options.onTrouble?.(source.name, problem, until);
  }
  return looked;
}

/** A source that cannot tell what it has counts as one document that cannot be fetched. */
async function listDocuments(source: Source): Promise<Waiting[]> {
  try {
    return (await source.documents()).map((document) => ({ ...document, source: source.name }));
  } catch (error) {
    const { name } = source;
    const fault = error instanceof FetchError ? error : new FetchError(errorText(error), 'permanent');
    return [{ file: name, origin: name, source: name, read: () => Promise.reject(fault), done: stays, refuse: stays }];
  }
}

const stays = () => Promise.resolve(null);

interface Ingested {
  /** `null` when there was nothing to read. */
  report: IngestReport | null;
  arrived?: number;
  trouble?: Trouble | null;
}

async function ingestDocument(world: World, document: Waiting, givenDay: string | undefined): Promise<Ingested> {
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
    const digest = await readDigestOrMail(raw, options);
    const { layouts } = document;
    if (layouts && !layouts.includes(digest.layout)) {
      throw new UnreadableDigestError(1, `This looks like "${digest.layout}"; expected ${layouts.join(' or ')}.`);
    }
    return { raw, digest: document.date === undefined ? digest : { ...digest, date: document.date } };
  } catch (error) {
    return error instanceof FetchError ? error : faultOf(error);
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
