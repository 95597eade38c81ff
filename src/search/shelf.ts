/** A stored query, as far as shelves look at it. */
export interface Shelved {
  /** Words that must be there, as numbers of stems; of each group any one. */
  words: readonly (readonly number[])[];
}

/**
 * Queries filed in one place. Their words lie one after the other in one array, so that the many queries that fail are
 * passed over without being looked at one by one.
 */
export class Shelf<Query extends Shelved> {
  private readonly queries: Query[] = [];
  /**
   * For each query: where the next one begins, its place among the queries, and its groups of stems. The last stem of a
   * group is inverted (`~stem`).
   */
  private code: Int32Array | null = null;

  add(query: Query): void {
    this.queries.push(query);
    this.code = null;
  }

  remove(query: Query): void {
    this.queries.splice(this.queries.indexOf(query), 1);
    this.code = null;
  }

  /** Calls `visit` with each query all of whose words are there: whose stems have `now` in `lastSeen`. */
  eachWithWords(lastSeen: Int32Array, now: number, visit: (query: Query) => void): void {
    const code = (this.code ??= this.compile());
    for (let at = 0; at < code.length;) {
      const next = code[at]!;
      if (hasWords(code, at + 2, next, lastSeen, now)) visit(this.queries[code[at + 1]!]!);
      at = next;
    }
  }

  private compile(): Int32Array {
    const code: number[] = [];
    this.queries.forEach(({ words }, index) => {
      const start = code.push(0, index) - 2;
      for (const group of words) group.forEach((stem, place) => code.push(place === group.length - 1 ? ~stem : stem));
      code[start] = code.length;
    });
    return Int32Array.from(code);
  }
}

function hasWords(code: Int32Array, start: number, end: number, lastSeen: Int32Array, now: number): boolean {
  let isThere = false;
  for (let at = start; at < end; at++) {
    const stem = code[at]!;
    if (lastSeen[stem < 0 ? ~stem : stem] === now) isThere = true;
    if (stem >= 0) continue;
    if (!isThere) return false;
    isThere = false;
  }
  return true;
}
