import { classAt, DIGIT, DOT, HAN, HYPHEN, INVISIBLE, APOSTROPHE, isWordy, LETTER } from './characters.ts';
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
  const source = withoutTex(text);
  const result: Token[] = [];
  for (let at = 0; at < source.length;) {
    at = isWordy(classAt(source, at)) ? readChain(source, at, result) : at + widthAt(source, at);
  }
  return result;
}

/** Reads words joined by hyphens; returns where they end. */
function readChain(source: string, start: number, result: Token[]): number {
  const first = result.length;
  let at = start;
  let runs = 0;
  for (;;) {
    const end = endOfRun(source, at);
    pushRun(source, at, end, result);
    runs += 1;
    at = end;
    if (classAt(source, at) !== HYPHEN || !isWordy(classAt(source, at + 1))) break;
    at += 1;
  }
  if (runs > 1) pushWhole(result, first);
  return at;
}

function endOfRun(source: string, start: number): number {
  if (classAt(source, start) === HAN) return start + widthAt(source, start);
  let at = start;
  for (;;) {
    const kind = classAt(source, at);
    if (isWordy(kind) && kind !== HAN) at += widthAt(source, at);
    else if (joins(kind, source, at)) at += 1;
    else break;
  }
  return endOfSuffix(source, start, at);
}

/** An apostrophe between letters, a dot between digits (`Qwen2.5`) or between single letters (`U.S.`). */
function joins(kind: number, source: string, at: number): boolean {
  const before = classAt(source, at - 1);
  const after = classAt(source, at + 1);
  if (kind === APOSTROPHE) return before === LETTER && after === LETTER;
  if (kind !== DOT) return false;
  if (before === DIGIT) return after === DIGIT;
  return (
    before === LETTER && after === LETTER && !isWordy(classAt(source, at - 2)) && !isWordy(classAt(source, at + 2))
  );
}

/** `C++`, `C#`. */
function endOfSuffix(source: string, start: number, end: number): number {
  if (end - start !== 1) return end;
  if (source.startsWith('++', end)) return end + 2;
  return source[end] === '#' ? end + 1 : end;
}

function pushRun(source: string, from: number, to: number, result: Token[]): void {
  let start = from;
  let end = to;
  while (start < end && classAt(source, start) === INVISIBLE) start += 1;
  while (start < end && classAt(source, end - 1) === INVISIBLE) end -= 1;
  const text = source.slice(start, Math.min(end, start + LONGEST_WORD));
  const parts = partsOf(text);
  if (parts.length === 1) return pushWord(result, text, start, end);
  const first = result.length;
  let at = start;
  for (const part of parts) {
    pushWord(result, part, at, at + part.length);
    at += part.length;
  }
  pushWhole(result, first);
}

/** The words inside one run, which together are the run: `Flash`, `Attention`; usually the run itself. */
function partsOf(run: string): string[] {
  const parts = run.split(CAMEL);
  if (parts.length === 1) {
    const times = TIMES.exec(run);
    return times ? [`${times[1]}`, 'times', `${times[2]}`] : parts;
  }
  return parts.every((part) => part.length >= SHORTEST_CAMEL_PART) ? parts : [run];
}

function pushWord(result: Token[], text: string, start: number, end: number): void {
  const folded = fold(text);
  const word = folded.includes('.') && !/\d/.test(folded) ? folded.replaceAll('.', '') : folded;
  if (word) result.push({ word, start, end, whole: false });
}

function pushWhole(result: Token[], first: number): void {
  const parts = result.slice(first).filter((token) => !token.whole);
  const [head] = parts;
  const tail = parts.at(-1);
  if (!head || !tail || parts.length < 2 || parts.length > MOST_PARTS) return;
  const word = parts.map((part) => part.word).join('');
  result.push({ word, start: head.start, end: tail.end, whole: true });
}

function widthAt(source: string, at: number): number {
  return (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
