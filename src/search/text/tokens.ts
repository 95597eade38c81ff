import {
  APOSTROPHE,
  DIGIT,
  DOT,
  HAN,
  HYPHEN,
  INVISIBLE,
  isLetter,
  isSmallLetter,
  isWordy,
  kindAt,
  UPPER,
  widthAt,
} from './characters.ts';
import { fold } from './fold.ts';
import { withoutTex } from './tex.ts';

/** One word of a text. Its place among the words is its place among the tokens that are not `whole`. */
export interface Token {
  /** As it is compared: see `fold`. */
  word: string;
  /** Offsets in the text as given; `end` is exclusive. */
  start: number;
  end: number;
  /** A compound in one piece (`gpt4` for `GPT-4`), following the parts it is made of. */
  whole: boolean;
}

/** Longer runs of letters are cut: no word is that long. */
const LONGEST_WORD = 64;
/** `state-of-the-art` is no name. */
const MOST_PARTS = 3;
const SHORTEST_CAMEL_PART = 3;
const CAMEL = /(?<=[a-z]{2})(?=[A-Z][A-Za-z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})/;
const TIMES = /^(\d+)times(\d+)$/;

/**
 * The words of a text in order: the one analysis behind search, topics, suggestions and statistics. Accents, case, TeX
 * residue and invisible characters make no difference. Parts of a compound joined by hyphens, underscores or capitals come
 * one by one, then once more in one piece.
 */
export function tokens(text: string): Token[] {
  return new Scanner(withoutTex(text)).scan();
}

class Scanner {
  private readonly source: string;
  /** The same in lower case, where that is as long. */
  private readonly lower: string;
  private readonly result: Token[] = [];
  /** What the run being read is made of. */
  private isPlain = true;
  private hasCapitalInside = false;
  private hasDigit = false;

  constructor(source: string) {
    this.source = source;
    const lower = source.toLowerCase();
    this.lower = lower.length === source.length ? lower : '';
  }

  scan(): Token[] {
    const { source } = this;
    for (let at = 0; at < source.length;) at = isWordy(kindAt(source, at)) ? this.readChain(at) : at + 1;
    return this.result;
  }

  /** Reads words joined by hyphens; returns where they end. */
  private readChain(start: number): number {
    const first = this.result.length;
    let end = this.readRun(start);
    let runs = 1;
    while (kindAt(this.source, end) === HYPHEN && isWordy(kindAt(this.source, end + 1))) {
      end = this.readRun(end + 1);
      runs += 1;
    }
    if (runs > 1) this.pushWhole(first);
    return end;
  }

  private readRun(start: number): number {
    const end = this.endOfRun(start);
    if (this.isPlain && !this.hasCapitalInside && !this.hasDigit) this.pushPlain(start, end);
    else this.pushRun(start, end);
    return end;
  }

  private endOfRun(start: number): number {
    const { source } = this;
    this.isPlain = true;
    this.hasCapitalInside = false;
    this.hasDigit = false;
    for (let at = start; ;) {
      while (isSmallLetter(source.charCodeAt(at))) at += 1;
      const kind = kindAt(source, at);
      if (kind === UPPER) {
        if (at > start) this.hasCapitalInside = true;
        at += 1;
      } else if (kind === DIGIT) {
        this.hasDigit = true;
        at += 1;
      } else if (kind === HAN) {
        if (at > start) return at;
        this.isPlain = false;
        return at + widthAt(source, at);
      } else if (isWordy(kind)) {
        this.isPlain = false;
        at += widthAt(source, at);
      } else if (this.joins(kind, at)) {
        this.isPlain = false;
        at += 1;
      } else return this.endOfSuffix(start, at);
    }
  }

  /** An apostrophe between letters, a dot between digits (`Qwen2.5`) or between single letters (`U.S.`). */
  private joins(kind: number, at: number): boolean {
    if (kind !== APOSTROPHE && kind !== DOT) return false;
    const before = kindAt(this.source, at - 1);
    const after = kindAt(this.source, at + 1);
    if (kind === APOSTROPHE) return isLetter(before) && isLetter(after);
    if (before === DIGIT) return after === DIGIT;
    const isSingle = !isWordy(kindAt(this.source, at - 2)) && !isWordy(kindAt(this.source, at + 2));
    return isSingle && isLetter(before) && isLetter(after);
  }

  /** `C++`, `C#`. */
  private endOfSuffix(start: number, end: number): number {
    if (end - start !== 1) return end;
    const suffix = this.source.startsWith('++', end) ? 2 : Number(this.source[end] === '#');
    if (suffix > 0) this.isPlain = false;
    return end + suffix;
  }

  private pushPlain(start: number, end: number): void {
    const last = Math.min(end, start + LONGEST_WORD);
    const word = this.lower ? this.lower.slice(start, last) : this.source.slice(start, last).toLowerCase();
    this.result.push({ word, start, end, whole: false });
  }

  private pushRun(from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && kindAt(this.source, start) === INVISIBLE) start += 1;
    while (start < end && kindAt(this.source, end - 1) === INVISIBLE) end -= 1;
    const text = this.source.slice(start, Math.min(end, start + LONGEST_WORD));
    const parts = partsOf(text);
    if (parts.length === 1) return this.pushWord(text, start, end);
    const first = this.result.length;
    let at = start;
    for (const part of parts) {
      this.pushWord(part, at, at + part.length);
      at += part.length;
    }
    this.pushWhole(first);
  }

  private pushWord(text: string, start: number, end: number): void {
    const folded = fold(text);
    const word = folded.includes('.') && !/\d/.test(folded) ? folded.replaceAll('.', '') : folded;
    if (word) this.result.push({ word, start, end, whole: false });
  }

  private pushWhole(first: number): void {
    const parts = this.result.slice(first).filter((token) => !token.whole);
    const [head] = parts;
    const tail = parts.at(-1);
    if (!head || !tail || parts.length < 2 || parts.length > MOST_PARTS) return;
    const word = parts.map((part) => part.word).join('');
    this.result.push({ word, start: head.start, end: tail.end, whole: true });
  }
}

/** The words inside one run, which together are the run: `Flash`, `Attention`; usually the run itself. */
function partsOf(run: string): string[] {
  const parts = run.split(CAMEL);
  if (parts.length > 1) return parts.every((part) => part.length >= SHORTEST_CAMEL_PART) ? parts : [run];
  const times = TIMES.exec(run);
  return times ? [`${times[1]}`, 'times', `${times[2]}`] : parts;
}
