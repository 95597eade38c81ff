/** A stored query, as far as shelves look at it. */
export interface Shelved {
  /** Below 2^30. */
  number: number;
  /** What must be there, as marks; of each group any one. */
  groups: readonly (readonly number[])[];
  /** Whether more must be so than that. */
  hasRest: boolean;
}

/**
 * Queries filed in one place. They lie one after the other in one array, so that the many queries that fail are passed over
 * without being looked at one by one.
 */
export class Shelf {
  private queries: Shelved[] = [];
  /**
   * For each query: where the next one begins, twice its number (plus 1 if it has a rest), and its groups of marks. The last
   * mark of a group is inverted (`~mark`).
   */
  private code = new Int32Array(8);
  private used = 0;

  add(query: Shelved): void {
    this.queries.push(query);
    this.encode(query);
  }

  remove(query: Shelved): void {
    this.queries = this.queries.filter((other) => other !== query);
    this.used = 0;
    for (const each of this.queries) this.encode(each);
  }

  /** Calls `visit` with the number of each query that has of each group one that is there: that has 1 in `present`. */
  eachWithMarks(present: Uint8Array, visit: (number: number, hasRest: boolean) => void): void {
    const { code, used } = this;
    for (let at = 0; at < used;) {
      const next = code[at]!;
      const query = code[at + 1]!;
      if (hasMarks(code, at + 2, next, present)) visit(query >> 1, (query & 1) === 1);
      at = next;
    }
  }

  private encode({ number, groups, hasRest }: Shelved): void {
    const end = groups.reduce((sum, group) => sum + group.length, this.used + 2);
    if (end > this.code.length) {
      const grown = new Int32Array(Math.max(end, this.code.length * 2));
      grown.set(this.code);
      this.code = grown;
    }
    const { code } = this;
    let at = this.used;
    code[at++] = end;
    code[at++] = (number << 1) | Number(hasRest);
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
