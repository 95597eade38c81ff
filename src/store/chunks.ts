/** Rows or keys named in one statement: 500 rows of 21 columns stay below SQLite's 32,766 variables. */
const SIZE = 500;

/** The same items in order, at most 500 at a time. */
export function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / SIZE);
  return Array.from({ length: count }, (_, index) => items.slice(index * SIZE, (index + 1) * SIZE));
}
