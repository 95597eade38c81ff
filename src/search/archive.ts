import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../core/log.ts';
import { nextTurn } from '../core/turns.ts';
import type { Db } from '../store/database.ts';
import { addressForPeople, isPostgresUrl } from '../store/database-address.ts';
import { countPapers, findPapers, newestSequence } from '../store/papers.ts';
import { buildSnapshot, follow } from './index/build.ts';
import { FrozenSegment } from './index/frozen-segment.ts';
import { textHash } from './index/growing-segment.ts';
import { PaperIndex } from './index/paper-index.ts';
import { type Cursor, readSnapshot, type Snapshot } from './index/snapshot.ts';
import { buildInWorker } from './index/worker.ts';
import type { IndexState } from './result.ts';
import { Spelling } from './spelling.ts';
import { Suggestions } from './suggestions.ts';

/** A frozen segment is made anew when the growing one reaches this share of it, but not for fewer papers than `FEW`. */
const GROWN_SHARE = 0.1;
const FEW = 50;
/** So many papers are built into an index in less time than a thread takes to start. */
const SMALL_ARCHIVE = 500;
/** Papers compared with the store after loading a snapshot. */
const SAMPLE = 16;

export interface ArchiveSetting {
  db: Db;
  log: Log;
  /** As `openDatabase` takes it. With it, large indexes are built in a thread of their own and kept in a file. */
  databaseUrl?: string;
  /** Up to how many papers an index is built in this thread. */
  smallArchive?: number;
}

/** Opens the index over what the store holds: from its snapshot where that fits, else built anew. */
export async function openArchive(setting: ArchiveSetting): Promise<Archive> {
  const generation = (await restored(setting)) ?? (await Generation.from(setting, await build(setting)));
  return new Archive(setting, generation);
}

async function restored(setting: ArchiveSetting): Promise<Generation | null> {
  const file = snapshotFile(setting);
  if (file === null) return null;
  const snapshot = await readSnapshot(file);
  if (typeof snapshot === 'string') {
    setting.log.info({ file, reason: snapshot }, 'the search index is built anew');
    return null;
  }
  const generation = await Generation.from(setting, snapshot);
  await nextTurn();
  if (await generation.agreesWith(setting.db)) return generation;
  setting.log.warn({ file }, 'the search index is built anew: its snapshot is of other papers');
  return null;
}

async function build(setting: ArchiveSetting): Promise<Snapshot> {
  const { db, log, databaseUrl = '', smallArchive = SMALL_ARCHIVE } = setting;
  const isReachable = databaseUrl !== '' && databaseUrl !== IN_MEMORY;
  if (!isReachable || (await countPapers(db)) <= smallArchive) return buildSnapshot(db);
  const file = snapshotFile(setting);
  const { snapshot, problem } = await buildInWorker({ databaseUrl, file });
  if (problem !== null) log.warn({ file, problem }, 'the search index cannot be kept for the next start');
  return snapshot;
}

const IN_MEMORY = 'sqlite::memory:';

/** The folder of the snapshots of databases that are no files. */
const SNAPSHOTS = 'data';

/** Where the snapshot is: beside an SQLite database; of another, under a hash of its address without user and password. */
export function snapshotFile({ databaseUrl = '' }: Pick<ArchiveSetting, 'databaseUrl'>): string | null {
  if (databaseUrl === '' || databaseUrl === IN_MEMORY) return null;
  if (!isPostgresUrl(databaseUrl)) return `${databaseUrl.slice('sqlite:'.length)}.search`;
  const hash = createHash('sha256').update(addressForPeople(databaseUrl)).digest('hex');
  return join(SNAPSHOTS, `${hash.slice(0, 16)}.search`);
}

/** An index made from one snapshot, with what is derived from it. */
class Generation {
  readonly index: PaperIndex;
  readonly spelling: Spelling;
  readonly suggestions: Suggestions;
  private readonly frozen: FrozenSegment;
  private readonly cursor: Cursor;

  private constructor({ arrays, cursor }: Snapshot) {
    this.frozen = new FrozenSegment(arrays);
    this.cursor = { ...cursor };
    this.index = new PaperIndex(this.frozen);
    this.spelling = new Spelling(this.frozen);
    this.suggestions = new Suggestions(this.index, this.spelling);
  }

  /** An index that holds what the store holds now. */
  static async from({ db, log }: ArchiveSetting, snapshot: Snapshot): Promise<Generation> {
    const generation = new Generation(snapshot);
    await generation.follow(db);
    await nextTurn();
    const names = generation.suggestions.addNames(generation.frozen.names());
    if (generation.frozen.size <= SMALL_ARCHIVE) await names;
    else names.catch((error: unknown) => log.error({ err: error }, 'phrases and organisations are not suggested'));
    return generation;
  }

  follow(db: Db): Promise<number> {
    return follow(db, this.index, this.cursor);
  }

  state(): Omit<IndexState, 'papers'> {
    const { papers, removals } = this.cursor;
    const bytes = Object.values(this.frozen.arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);
    return { bytes, sequence: Math.max(papers, removals) };
  }

  isOutgrown(): boolean {
    return this.index.grown >= Math.max(FEW, this.frozen.size * GROWN_SHARE);
  }

  /** Whether there are as many papers as in the store, and some of them are the same in both. */
  async agreesWith(db: Db): Promise<boolean> {
    // Another process may be adding papers between reading and counting.
    if (this.index.size !== (await countPapers(db))) await this.follow(db);
    if (this.index.size !== (await countPapers(db))) return false;
    // An archive put back from a backup gives the numbers of the one before to other changes.
    if (this.cursor.papers > (await newestSequence(db))) return false;
    const { id, gone, textHash: hashes } = this.frozen.columns;
    const step = Math.max(1, Math.floor(id.length / SAMPLE));
    const sample = [...id.keys()].filter((slot) => slot % step === 0 && gone[slot] === 0);
    const papers = new Map(
      (
        await findPapers(
          db,
          sample.map((slot) => id[slot]!),
        )
      ).map((paper) => [paper.id, paper]),
    );
    return sample.every((slot) => {
      const paper = papers.get(id[slot]!);
      return paper !== undefined && textHash(paper) === hashes[slot];
    });
  }
}

/** Keeps the index, and what is derived from it, in step with the store. */
export class Archive {
  private readonly setting: ArchiveSetting;
  private current: Generation;
  /** Work on the index, one piece after the other. */
  private queue: Promise<unknown> = Promise.resolve();
  private renewal: Promise<void> | null = null;

  constructor(setting: ArchiveSetting, generation: Generation) {
    this.setting = setting;
    this.current = generation;
    if (generation.isOutgrown()) this.renewal = this.renew();
  }

  get index(): PaperIndex {
    return this.current.index;
  }

  state(): Omit<IndexState, 'papers'> {
    return this.current.state();
  }

  get spelling(): Spelling {
    return this.current.spelling;
  }

  get suggestions(): Suggestions {
    return this.current.suggestions;
  }

  /** Reads what the store holds beyond what was read before. Returns how many papers were read. */
  catchUp(): Promise<number> {
    return this.inTurn(async () => {
      const read = await this.current.follow(this.setting.db);
      const isSmall = this.index.size <= (this.setting.smallArchive ?? SMALL_ARCHIVE);
      if (this.current.isOutgrown() && isSmall) {
        this.current = await Generation.from(this.setting, await build(this.setting));
      } else if (this.current.isOutgrown()) this.renewal ??= this.renew();
      return read;
    });
  }

  /** Replaces the index by one built anew, while the present one goes on answering. */
  private async renew(): Promise<void> {
    try {
      const snapshot = await build(this.setting);
      await this.inTurn(async () => {
        this.current = await Generation.from(this.setting, snapshot);
      });
      this.renewal = null;
    } catch (error) {
      // Not tried again before the next start: the present index is right, and only grows slower.
      this.setting.log.error({ err: error }, 'the search index cannot be built anew');
    }
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }
}
