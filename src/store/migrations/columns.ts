import type { ColumnDefinitionBuilder } from 'kysely';

/** SQLite's spelling of a key the database numbers by itself, never reusing a number. */
export const numbered = (column: ColumnDefinitionBuilder) => column.primaryKey().autoIncrement();
/** SQLite's name of a column of bytes. */
export const bytes = 'blob';
/** A column that always has a value. */
export const required = (column: ColumnDefinitionBuilder) => column.notNull();
