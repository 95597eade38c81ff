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

/** Whether the paper has one of the wanted words (by number) in a field; by default in any. */
export function holdsWord(segment: Segment, slot: number, field: TextField | null, wanted: Uint8Array): boolean {
  const only = field === null ? -1 : TEXT_FIELDS.indexOf(field);
  let at = 0;
  for (const number of numbersAt(segment, slot)) {
    if (number === END_OF_FIELD) at += 1;
    else if (number >= MARKS && wanted[number - MARKS] === 1 && (only < 0 || only === at)) return true;
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
  const numbers = numbersAt(segment, slot);
  const first = keys[0]!;
  let inField = 0;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at]!;
    if (number === END_OF_FIELD) inField += 1;
    else if (number === WHOLE) {
      at += 1;
      if (keys.length === 1 && (only < 0 || only === inField) && key(numbers[at]! - MARKS) === first) return true;
    } else if (number >= MARKS && (only < 0 || only === inField) && key(number - MARKS) === first) {
      if (continues(numbers, at, phrase)) return true;
    }
  }
  return false;
}

/** Whether the phrase goes on after its first word at `start`, compounds in one piece passed over. */
function continues(numbers: Int32Array, start: number, { keys, key }: NumberedPhrase): boolean {
  let at = start + 1;
  for (let place = 1; place < keys.length; place++, at++) {
    while (numbers[at] === WHOLE) at += 2;
    const number = numbers[at] ?? END_OF_FIELD;
    if (number < MARKS || key(number - MARKS) !== keys[place]) return false;
  }
  return true;
}
