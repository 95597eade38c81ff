import { type RawBuilder, sql } from 'kysely';
import { type Db, isPostgres } from './database.ts';

/** The columns of given rows by name, in the order of their values. */
type Columns = Record<string, 'integer' | 'text'>;

/**
 * Rows as a table of one statement, handed over as one JSON text: however many they are, the statement is the same and short. A
 * statement with a place for each value takes several times as long to build and to read as to run.
 */
export function givenRows(
  db: Db,
  columns: Columns,
  rows: readonly (readonly (number | string | null)[])[],
): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  const inPostgres = isPostgres(db);
  const selected = Object.entries(columns).map(([name, type], place) => {
    const value = inPostgres ? `(value ->> ${place})::${type}` : `value ->> ${place}`;
    return `${value} as ${name}`;
  });
  const list = sql.raw(selected.join(', '));
  return inPostgres
    ? sql`(select ${list} from jsonb_array_elements(${json}::jsonb) as given (value))`
    : sql`(select ${list} from json_each(${json}))`;
}

/** Ids as what a column is `in`, in one JSON text. */
export function givenIds(db: Db, ids: readonly number[]): RawBuilder<number> {
  const json = JSON.stringify(ids);
  return isPostgres(db)
    ? sql`(select value::integer from jsonb_array_elements_text(${json}::jsonb) as given (value))`
    : sql`(select value from json_each(${json}))`;
}
