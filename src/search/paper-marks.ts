import type { AnalysedPaper, AnalysedText } from './analysed-paper.ts';
import { TEXT_FIELDS } from './query/node.ts';

/** Above this, a pair of marks would be no exact number. */
const MOST_STEMS = 2 ** 26;

/** What stored queries ask of papers, as numbers: stems, and pairs of stems next to each other. */
export class Marks {
  private readonly stems = new Map<string, number>();
  private readonly pairs = new Map<number, number>();
  private count = 0;
  /** By mark: 1 while a paper that has it is looked at. */
  present = new Uint8Array(1024);
  /** By mark: 1 for a stem with which a pair begins. */
  private begins = new Uint8Array(1024);

  ofStem(stem: string): number {
    const known = this.stems.get(stem);
    if (known !== undefined) return known;
    const mark = this.next();
    this.stems.set(stem, mark);
    return mark;
  }

  ofPair(first: string, second: string): number {
    const start = this.ofStem(first);
    const key = pairKey(start, this.ofStem(second));
    const known = this.pairs.get(key);
    if (known !== undefined) return known;
    const mark = this.next();
    this.pairs.set(key, mark);
    this.begins[start] = 1;
    return mark;
  }

  /** Notes in `present` what a paper has. Returns it, each mark once; to be given to `forget`. */
  see(paper: AnalysedPaper): number[] {
    const seen: number[] = [];
    for (const field of TEXT_FIELDS) for (const text of paper.texts(field)) this.seeText(text, seen);
    return seen;
  }

  forget(seen: readonly number[]): void {
    for (const mark of seen) this.present[mark] = 0;
  }

  private seeText({ stems, tokens }: AnalysedText, seen: number[]): void {
    let before: number | undefined;
    for (let at = 0; at < stems.length; at++) {
      const mark = this.stems.get(stems[at]!);
      if (mark !== undefined) this.note(mark, seen);
      if (tokens[at]!.whole) continue;
      if (mark !== undefined && before !== undefined && this.begins[before] === 1) {
        const pair = this.pairs.get(pairKey(before, mark));
        if (pair !== undefined) this.note(pair, seen);
      }
      before = mark;
    }
  }

  private note(mark: number, seen: number[]): void {
    if (this.present[mark] === 1) return;
    this.present[mark] = 1;
    seen.push(mark);
  }

  private next(): number {
    if (this.count === this.present.length) {
      this.present = grown(this.present);
      this.begins = grown(this.begins);
    }
    return this.count++;
  }
}

function pairKey(first: number, second: number): number {
  return first * MOST_STEMS + second;
}

function grown(array: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(array.length * 2);
  larger.set(array);
  return larger;
}
