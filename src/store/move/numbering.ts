import { sql } from 'kysely';
import { type Db, isPostgres } from '../database.ts';
import { NUMBERED } from './tables.ts';

/** The last number that each table gave to a row, which may be gone. */
export type Numbering = Map<string, number>;

/** By which numbers the rows of an archive go on. */
export async function readNumbering(db: Db): Promise<Numbering> {
  if (!isPostgres(db)) {
    const { rows } = await sql<{ name: string; seq: number }>`select name, seq from sqlite_sequence`.execute(db);
    return new Map(rows.map(({ name, seq }) => [name, seq]));
  }
  const numbering: Numbering = new Map();
  for (const table of NUMBERED) {
    const from = sql.raw(await sequenceOf(db, table));
    const query = sql<{ last_value: number; is_called: boolean }>`select last_value, is_called from ${from}`;
    const [row] = (await query.execute(db)).rows;
    if (row?.is_called) numbering.set(table, row.last_value);
  }
  return numbering;
}

/** Lets the rows of an archive go on by these numbers. */
export async function setNumbering(db: Db, numbering: Numbering): Promise<void> {
  for (const table of NUMBERED) {
    const last = numbering.get(table);
    if (last === undefined) continue;
    if (isPostgres(db)) await sql`select setval(${await sequenceOf(db, table)}, ${last})`.execute(db);
    else {
      // It has no key: https://sqlite.org/autoinc.html
      await sql`delete from sqlite_sequence where name = ${table}`.execute(db);
      await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db);
    }
  }
}

async function sequenceOf(db: Db, table: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select pg_get_serial_sequence(${table}, 'id') as name`.execute(db);
  return rows[0]?.name ?? '';
}
