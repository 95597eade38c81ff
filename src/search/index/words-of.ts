import { TEXT_FIELDS, type TextField } from '../query/node.ts';
import { END_OF_FIELD, MARKS, type Segment, WHOLE } from './segment.ts';

let numbers = new Int32Array(4096);

/** The numbers that make up the text of the paper at `slot` (see `Segment`); valid until the next call. */
export function numbersAt(segment: Segment, slot: number): Int32Array {
  const { data, start, end } = segment.text(slot);
  if (end - start > numbers.length) numbers = new Int32Array((end - start) * 2);
  let count = 0;
  for (let at = start; at < end;) {
    let number = data[at++]!;
    if (number > 127) {
      number &= 127;
      for (let shift = 7; ; shift += 7) {
        const more = data[at++]!;
        number |= (more & 127) << shift;
        if (more < 128) break;
      }
    }
    numbers[count++] = number;
  }
  return numbers.subarray(0, count);
}

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
