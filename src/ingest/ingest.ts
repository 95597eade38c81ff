import { isDay } from '../core/dates.ts';
import { errorText, UserError } from '../core/errors.ts';
import { MAX_BYTES } from '../digests/read.ts';
import { restOn, staleAt } from '../sources/calendar.ts';
import { configuredSources, type SourceSettings } from '../sources/configured.ts';
import { FetchError } from '../sources/http/errors.ts';
import { createHttp } from '../sources/http/http.ts';
import { userAgent } from '../sources/http/user-agent.ts';
import { huggingFaceSource } from '../sources/hugging-face.ts';
import { pathsSource } from '../sources/paths.ts';
import type { Source } from '../sources/source.ts';
import type { SourceTools } from '../sources/tools.ts';
import { finishIngestion, startIngestion } from '../store/ingestions.ts';
import { hostTurns, sourceMemory } from '../store/source-memory.ts';
import { forgetOtherSources, type Look, recordLook } from '../store/source-states.ts';
import { ingestDocument, type IngestReport, type Trouble, type Waiting, type World } from './document.ts';

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
