/** Rows or keys named in one statement: 500 rows of 21 columns stay below SQLite's 32,766 variables. */
const SIZE = 500;

/** The same items in order, at most `size` at a time. */
export function chunks<T>(items: readonly T[], size = SIZE): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
