/** Longer words are not compared. */
const DEEPEST = 96;
/** More edits than anybody asks for; some more still fit into a byte. */
const FAR = 100;

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

  /**
   * Takes `letter` as the one after the first `depth`. Only cells near the diagonal are filled: in all others there are more
   * than `most` edits (Ukkonen, Algorithms for approximate string matching, 1985).
   */
  add(depth: number, letter: number): void {
    if (depth >= DEEPEST) return;
    const { cells, width, wanted, letters, most } = this;
    letters[depth] = letter;
    const row = (depth + 1) * width;
    const above = row - width;
    const from = Math.max(1, depth + 1 - most);
    const to = Math.min(width - 1, depth + 1 + most);
    cells[row + from - 1] = from === 1 ? depth + 1 : FAR;
    for (let i = from; i <= to; i++) {
      const same = wanted[i - 1] === letter;
      let least = Math.min(cells[above + i]! + 1, cells[row + i - 1]! + 1, cells[above + i - 1]! + (same ? 0 : 1));
      const swapped = depth > 0 && i > 1 && wanted[i - 1] === letters[depth - 1] && wanted[i - 2] === letter;
      if (swapped) least = Math.min(least, cells[above - width + i - 2]! + 1);
      cells[row + i] = least;
    }
    if (to + 1 < width) cells[row + to + 1] = FAR;
  }

  /** Whether more letters after the first `depth` may still come near. */
  isAlive(depth: number): boolean {
    if (depth >= DEEPEST) return false;
    const row = depth * this.width;
    const to = Math.min(this.width - 1, depth + this.most);
    for (let i = Math.max(0, depth - this.most); i <= to; i++) if (this.cells[row + i]! <= this.most) return true;
    return false;
  }

  /** Edits to the first `depth` letters; `Infinity` where they are more than `most`. */
  distance(depth: number): number {
    const row = Math.min(depth, DEEPEST);
    const last = this.width - 1;
    const edits = Math.abs(row - last) <= this.most ? this.cells[row * this.width + last]! : Infinity;
    return edits <= this.most ? edits : Infinity;
  }

  /** Least edits to any beginning of the first `depth` letters. */
  leastUpTo(depth: number): number {
    let least = Infinity;
    for (let at = 0; at <= depth; at++) least = Math.min(least, this.distance(at));
    return least;
  }
}
