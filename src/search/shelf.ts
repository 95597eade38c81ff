/** A stored query, as far as shelves look at it. */
export interface Shelved {
  /** What must be there, as marks; of each group any one. */
  groups: readonly (readonly number[])[];
}

/**
 * Queries filed in one place. Their marks lie one after the other in one array, so that the many queries that fail are
 * passed over without being looked at one by one.
 */
export class Shelf<Query extends Shelved> {
  private readonly queries: Query[] = [];
  /**
   * For each query: where the next one begins, its place among the queries, and its groups of marks. The last mark of a
   * group is inverted (`~mark`).
   */
  private code = new Int32Array(8);
  private used = 0;

  add(query: Query): void {
    this.encode(query, this.queries.push(query) - 1);
  }

  remove(query: Query): void {
    this.queries.splice(this.queries.indexOf(query), 1);
    this.used = 0;
    this.queries.forEach((each, index) => this.encode(each, index));
  }

  /** Calls `visit` with each query that has of each group one that is there: that has 1 in `present`. */
  eachWithMarks(present: Uint8Array, visit: (query: Query) => void): void {
    const { code, used } = this;
    for (let at = 0; at < used;) {
      const next = code[at]!;
      if (hasMarks(code, at + 2, next, present)) visit(this.queries[code[at + 1]!]!);
      at = next;
    }
  }

  private encode({ groups }: Query, index: number): void {
    const end = groups.reduce((sum, group) => sum + group.length, this.used + 2);
    if (end > this.code.length) {
      const grown = new Int32Array(Math.max(end, this.code.length * 2));
      grown.set(this.code);
      this.code = grown;
    }
    const { code } = this;
    let at = this.used;
    code[at++] = end;
    code[at++] = index;
    for (const group of groups) {
      group.forEach((mark, place) => (code[at++] = place === group.length - 1 ? ~mark : mark));
    }
    this.used = end;
  }
}

function hasMarks(code: Int32Array, start: number, end: number, present: Uint8Array): boolean {
  let isThere = false;
  for (let at = start; at < end; at++) {
    const mark = code[at]!;
    if (present[mark < 0 ? ~mark : mark] === 1) isThere = true;
    if (mark >= 0) continue;
    if (!isThere) return false;
    isThere = false;
  }
  return true;
}
