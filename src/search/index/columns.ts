/** One value a paper, by slot. */
export const COLUMNS = {
  /** Paper id. */
  id: Int32Array,
  /** Of everything that is searched as text; tells whether a changed paper must be read again. */
  textHash: Uint32Array,
  /** Of the title's words; see `titleHash`. */
  titleHash: Uint32Array,
  /** Of the name that a title gives (`BERT` in `BERT: …`); 0 for none. */
  nameHash: Uint32Array,
  /** Words that are no stopwords, those of the title weighted. */
  length: Float32Array,
  /** Day of publication as a number, 20250131; 0 unknown. */
  day: Int32Array,
  /** -1 unknown. */
  comments: Int32Array,
  /** -1 unknown. */
  votes: Int32Array,
  /** 1 for papers that name their code. */
  code: Uint8Array,
  /** 1 for papers that are no longer there. */
  gone: Uint8Array,
} as const;

export type ColumnName = keyof typeof COLUMNS;
export type Columns = { [Name in ColumnName]: ArrayOf<(typeof COLUMNS)[Name]> };

/** What a typed array's constructor makes, over any buffer. */
export type ArrayOf<Constructor> = Constructor extends Uint8ArrayConstructor
  ? Uint8Array
  : Constructor extends Uint32ArrayConstructor
    ? Uint32Array
    : Constructor extends Int32ArrayConstructor
      ? Int32Array
      : Float32Array;

export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

/** Columns with room for `capacity` papers, holding what the first `count` of `from` hold. */
export function columnsOf(capacity: number, from?: Columns, count = 0): Columns {
  const entries = COLUMN_NAMES.map((name) => {
    const column = new COLUMNS[name](capacity);
    if (from) column.set(from[name].subarray(0, count));
    return [name, column];
  });
  return Object.fromEntries(entries) as Columns;
}
