import { TEXT_FIELDS, type TextField } from '../query/node.ts';
import { END_OF_FIELD, MARKS, type Segment, WHOLE } from './segment.ts';

/** One text of a paper, as numbers of its segment's words. */
export interface NumberedText {
  field: TextField;
  words: number[];
  /** Compounds in one piece. */
  wholes: number[];
}

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

/** The texts of the paper at `slot`; of all fields, or of one. */
export function textsAt(segment: Segment, slot: number, only: TextField | null): NumberedText[] {
  const texts: NumberedText[] = [];
  let field = 0;
  let text: NumberedText = { field: 'title', words: [], wholes: [] };
  let into = text.words;
  for (const number of numbersAt(segment, slot)) {
    if (number >= MARKS) {
      into.push(number - MARKS);
      into = text.words;
    } else if (number === WHOLE) into = text.wholes;
    else {
      if (only === null || only === text.field) texts.push(text);
      if (number === END_OF_FIELD) field += 1;
      text = { field: TEXT_FIELDS[field] ?? 'author', words: [], wholes: [] };
      into = text.words;
    }
  }
  return texts;
}
