/** Rows or keys named in one statement: 17 columns times 500 stays below SQLite's 32,766 variables. */
const CHUNK = 500;

/** The same items in order, at most 500 at a time. */
export function chunks<T>(items: readonly T[], size = CHUNK): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
