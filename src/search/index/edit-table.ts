/** Longer words are not compared. */
const DEEPEST = 96;

/** Edits between a wanted word and the beginnings of another one, which is spelled letter by letter (Damerau, adjacent swaps). */
export class EditTable {
  private readonly wanted: Uint8Array;
  private readonly most: number;
  private readonly width: number;
  /** Row `depth`: edits from each beginning of the wanted word to the first `depth` letters. */
  private readonly cells: Uint8Array;
  private readonly letters = new Uint8Array(DEEPEST);

  constructor(wanted: Uint8Array, most: number) {
    this.wanted = wanted.subarray(0, DEEPEST);
    this.most = most;
    this.width = this.wanted.length + 1;
    this.cells = new Uint8Array(this.width * (DEEPEST + 1));
    for (let i = 0; i < this.width; i++) this.cells[i] = i;
  }

  /** Takes `letter` as the one after the first `depth`. */
  add(depth: number, letter: number): void {
    if (depth >= DEEPEST) return;
    const { cells, width, wanted, letters } = this;
    letters[depth] = letter;
    const row = (depth + 1) * width;
    const above = row - width;
    cells[row] = depth + 1;
    for (let i = 1; i < width; i++) {
      const same = wanted[i - 1] === letter;
      let least = Math.min(cells[above + i]! + 1, cells[row + i - 1]! + 1, cells[above + i - 1]! + (same ? 0 : 1));
      const swapped = depth > 0 && i > 1 && wanted[i - 1] === letters[depth - 1] && wanted[i - 2] === letter;
      if (swapped) least = Math.min(least, cells[above - width + i - 2]! + 1);
      cells[row + i] = least;
    }
  }

  /** Whether more letters after the first `depth` may still come near. */
  isAlive(depth: number): boolean {
    if (depth >= DEEPEST) return false;
    const row = depth * this.width;
    for (let i = 0; i < this.width; i++) if (this.cells[row + i]! <= this.most) return true;
    return false;
  }

  /** Edits to the first `depth` letters. */
  distance(depth: number): number {
    return this.cells[Math.min(depth, DEEPEST) * this.width + this.width - 1]!;
  }

  /** Least edits to any beginning of the first `depth` letters. */
  leastUpTo(depth: number): number {
    let least = Infinity;
    for (let at = 0; at <= depth; at++) least = Math.min(least, this.distance(at));
    return least;
  }
}
