import { TEXT_FIELDS, type TextField } from '../query/node.ts';
import { END_OF_FIELD, MARKS, type Segment, WHOLE } from './segment.ts';

/** In bytes; 2^28 words are far more than there are. */
const LONGEST = 4;
/** Title and abstract; the fields after them are names. */
const RANKED_FIELDS = 2;

/** The words of a paper's title and abstract in their order, as the segment numbers them, without compounds in one piece. */
export interface RankedWords {
  words: Int32Array;
  length: number;
  /** How many of them are the title's. */
  inTitle: number;
}

/** One for all: what is read is used up before the next is read. */
const ranked: RankedWords = { words: new Int32Array(4096), length: 0, inTitle: 0 };

/** Where the number ends that `numberAt` read last. */
let after = 0;

function numberAt(data: Uint8Array, at: number): number {
  let number = data[at]!;
  after = at + 1;
  if (number < 128) return number;
  number &= 127;
  for (let shift = 7; ; shift += 7) {
    const more = data[after++]!;
    number |= (more & 127) << shift;
    if (more < 128) return number;
  }
}

/** The ranked words of the paper at `slot`; valid until the next call. */
export function rankedWordsAt(segment: Segment, slot: number): RankedWords {
  const { data, start, end } = segment.text(slot);
  if (end - start > ranked.words.length) ranked.words = new Int32Array((end - start) * 2);
  const { words } = ranked;
  let length = 0;
  let field = 0;
  const safe = data.length - LONGEST + 1;
  for (let at = start; at < end;) {
    let number: number;
    if (at < safe) {
      // Numbers of one byte and of several come as they like: asking for each byte whether it is the last takes twice as long.
      const one = data[at]!;
      const two = data[at + 1]!;
      const three = data[at + 2]!;
      const second = one >> 7;
      const third = second & (two >> 7);
      const fourth = third & (three >> 7);
      number = (one & 127) | (((two & 127) << 7) & -second);
      number |= (((three & 127) << 14) & -third) | ((data[at + 3]! << 21) & -fourth);
      at += 1 + second + third + fourth;
    } else {
      number = numberAt(data, at);
      at = after;
    }
    if (number >= MARKS) words[length++] = number - MARKS;
    else if (number === WHOLE) while (data[at++]! > 127);
    else if (number === END_OF_FIELD) {
      if (field++ === 0) ranked.inTitle = length;
      if (field === RANKED_FIELDS) break;
    }
  }
  ranked.length = length;
  return ranked;
}

/** Whether the paper has one of the wanted words (by number) in a field; by default in any. */
export function holdsWord(segment: Segment, slot: number, field: TextField | null, wanted: Uint8Array): boolean {
  const only = field === null ? -1 : TEXT_FIELDS.indexOf(field);
  const { data, start, end } = segment.text(slot);
  let inField = 0;
  for (let at = start; at < end; at = after) {
    const number = numberAt(data, at);
    if (number === END_OF_FIELD) {
      if (inField === only) return false;
      inField += 1;
    } else if (number >= MARKS && wanted[number - MARKS] === 1 && (only < 0 || only === inField)) return true;
  }
  return false;
}

/** Words next to each other, by what `key` gives for them. */
export interface NumberedPhrase {
  keys: number[];
  key: (word: number) => number;
}

/** Whether one text of the paper, in a field or by default in any, has the phrase. One word may be a compound in one piece. */
export function holdsPhrase(segment: Segment, slot: number, field: TextField | null, phrase: NumberedPhrase): boolean {
  const { keys, key } = phrase;
  const only = field === null ? -1 : TEXT_FIELDS.indexOf(field);
  const { data, start, end } = segment.text(slot);
  const first = keys[0]!;
  let inField = 0;
  for (let at = start; at < end;) {
    let number = numberAt(data, at);
    at = after;
    if (number === END_OF_FIELD) {
      if (inField === only) return false;
      inField += 1;
    }
    const isWhole = number === WHOLE;
    if (isWhole) {
      number = numberAt(data, at);
      at = after;
    }
    if (number < MARKS || key(number - MARKS) !== first || (only >= 0 && only !== inField)) continue;
    if (keys.length === 1 || (!isWhole && continues(data, at, end, phrase))) return true;
  }
  return false;
}

/** Whether the phrase goes on at `start`, after its first word; compounds in one piece are passed over. */
function continues(data: Uint8Array, start: number, end: number, { keys, key }: NumberedPhrase): boolean {
  let at = start;
  for (let place = 1; place < keys.length;) {
    if (at >= end) return false;
    const number = numberAt(data, at);
    at = after;
    if (number === WHOLE) {
      numberAt(data, at);
      at = after;
    } else if (number < MARKS || key(number - MARKS) !== keys[place++]) return false;
  }
  return true;
}
