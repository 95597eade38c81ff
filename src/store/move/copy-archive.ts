import type { Kysely, Transaction } from 'kysely';
import { UserError } from '../../core/errors.ts';
import { type Db, isPostgres } from '../database.ts';
import type { Schema } from '../schema.ts';
import { readNumbering, setNumbering } from './numbering.ts';
import { countRows, type Row, rowsOf, Summing, type TableSum } from './rows.ts';
import { TABLES, type TableName } from './tables.ts';

export type ArchiveSums = Record<TableName, TableSum>;

export interface CopyOptions {
  /** Told of rows copied and then compared; `total` counts each twice. */
  onProgress?: (done: number, total: number, table: TableName) => void;
  signal?: AbortSignal;
}

export interface Copied {
  tables: ArchiveSums;
  /** The target held the very same archive before, and nothing was written. */
  wasThere: boolean;
}

/**
 * Copies an archive as it is at one moment into an empty database of the same version, from any engine to any, and compares
 * what arrived. It is there whole or not at all; who runs and which leases are held is left out.
 * @throws UserError when the target holds another archive, or not all arrived as it was; whatever aborted `signal`.
 */
export function copyArchive(
  source: Kysely<Schema>,
  target: Kysely<Schema>,
  options: CopyOptions = {},
): Promise<Copied> {
  return target.transaction().execute(async (to) => {
    // A write, so that whoever would begin to write there waits.
    await to
      .updateTable('counters')
      .set((eb) => ({ value: eb.ref('value') }))
      .execute();
    const step = await stepsOf(source, options);
    const wasThere = !(await isEmpty(to));
    const tables = await atOneMoment(source, (from) => (wasThere ? sumAll(from, step) : copyAll(from, to, step)));
    const differing = differences(tables, await sumAll(to, step));
    if (differing.length > 0) throw new UserError(wasThere ? OTHER : `${DIFFERENT} ${differing.join(', ')}.`);
    return { tables, wasThere };
  });
}

const OTHER =
  'The target holds an archive of its own already, and two cannot be made one. Name an empty database, or remove what is in that one.';
const DIFFERENT =
  'Not everything arrived as it was, and the target was left as it was before. Nothing else may write there meanwhile; try again. Tables that differ:';

/** To be called with each portion of rows. */
type Step = (table: TableName, rows: number) => void;

async function stepsOf(source: Db, { onProgress, signal }: CopyOptions): Promise<Step> {
  let total = 0;
  for (const table of TABLES) total += 2 * (await countRows(source, table));
  let done = 0;
  return (table, rows) => {
    signal?.throwIfAborted();
    done += rows;
    // The source may grow between counting and reading.
    onProgress?.(Math.min(done, total), total, table);
  };
}

async function isEmpty(db: Db): Promise<boolean> {
  for (const table of TABLES) if (table !== 'counters' && (await countRows(db, table)) > 0) return false;
  return true;
}

function atOneMoment<T>(db: Kysely<Schema>, read: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  const transaction = db.transaction();
  // What a transaction of SQLite reads is of one moment anyway.
  return (isPostgres(db) ? transaction.setIsolationLevel('repeatable read') : transaction).execute(read);
}

async function copyAll(from: Db, to: Db, step: Step): Promise<ArchiveSums> {
  // What the migrations put there.
  await to.deleteFrom('counters').execute();
  const sums = await sumAll(from, step, (table, rows) => insert(to, table, rows));
  await setNumbering(to, await readNumbering(from));
  return sums;
}

/** Reads all tables, hands the rows to `take`, and adds them up. */
async function sumAll(
  db: Db,
  step: Step,
  take: (table: TableName, rows: Row[]) => Promise<void> = async () => {},
): Promise<ArchiveSums> {
  const sums: Partial<ArchiveSums> = {};
  for (const table of TABLES) {
    const summing = new Summing();
    for await (const rows of rowsOf(db, table)) {
      summing.add(rows);
      await take(table, rows);
      step(table, rows.length);
    }
    sums[table] = summing.result;
  }
  return sums as ArchiveSums;
}

async function insert(to: Db, table: TableName, rows: Row[]): Promise<void> {
  // Both databases are of one version, so the rows of any table fit; their columns are not known to the compiler.
  const values = rows as unknown as { key: string; value: string }[];
  await to
    .insertInto(table as 'settings')
    .values(values)
    .execute();
}

function differences(one: ArchiveSums, other: ArchiveSums): TableName[] {
  return TABLES.filter(
    (table) => one[table].rows !== other[table].rows || one[table].checksum !== other[table].checksum,
  );
}
