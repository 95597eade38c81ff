import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { storable } from '../storable.ts';
import { keyOf, type TableName } from './tables.ts';

export type Row = Record<string, string | number | Uint8Array | null>;

/** Rows read and written at once. */
const ROWS = 500;
/** Tables whose rows may have many megabytes go row by row. */
const LARGE: readonly TableName[] = ['digests', 'unreadable_documents'];

/** How many rows a table has. */
export async function countRows(db: Db, table: TableName): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** All rows of a table in the order of its key, in portions that fit into memory. */
export async function* rowsOf(db: Db, table: TableName): AsyncGenerator<Row[]> {
  const key = sql.join(keyOf(table).map((name) => sql.ref(name)));
  const limit = LARGE.includes(table) ? 1 : ROWS;
  for (let last: Row | undefined; ;) {
    const after = last ? sql`where (${key}) > (${sql.join(keyOf(table).map((name) => last?.[name]))})` : sql``;
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${after} order by ${key} limit ${limit}`.execute(
      db,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
    last = rows.at(-1);
  }
}

/** What a table holds: how many rows, and a number that is the same on every engine for the same rows in any order. */
export interface TableSum {
  rows: number;
  checksum: string;
}

const MODULUS = 1n << 128n;

/** Adds up the rows of a table. */
export class Summing {
  private rows = 0;
  private sum = 0n;

  add(rows: readonly Row[]): void {
    this.rows += rows.length;
    for (const row of rows) this.sum = (this.sum + numberOf(row)) % MODULUS;
  }

  get result(): TableSum {
    return { rows: this.rows, checksum: this.sum.toString(16).padStart(32, '0') };
  }
}

/** The first half of SHA-256 of the row's values by the names of their columns. */
function numberOf(row: Row): bigint {
  const hash = createHash('sha256');
  const values = Object.keys(row)
    .sort()
    .map((name) => {
      const value = row[name];
      if (value instanceof Uint8Array) hash.update(value);
      return [name, value instanceof Uint8Array ? value.length : typeof value === 'string' ? storable(value) : value];
    });
  return BigInt(`0x${hash.update(JSON.stringify(values)).digest('hex').slice(0, 32)}`);
}
