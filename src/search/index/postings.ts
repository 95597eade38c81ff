import type { Segment } from './segment.ts';

/** The papers that have a stem: their slots, ascending, and for each the byte that says how often (see `Segment`). */
export interface Postings {
  slots: Int32Array;
  counts: Uint8Array;
  length: number;
}

/** One for all: what is read is used up before the next is read. */
const read: Postings = { slots: new Int32Array(1024), counts: new Uint8Array(1024), length: 0 };

/** The postings of a stem; valid until the next call. */
export function postingsOf(segment: Segment, stem: number): Postings {
  const { data, start, end } = segment.postings(stem);
  const frequency = segment.frequency(stem);
  if (frequency > read.slots.length) {
    read.slots = new Int32Array(frequency * 2);
    read.counts = new Uint8Array(frequency * 2);
  }
  const { slots, counts } = read;
  let slot = -1;
  let length = 0;
  for (let at = start; at < end;) {
    let gap = data[at++]!;
    if (gap > 127) {
      gap &= 127;
      for (let shift = 7; ; shift += 7) {
        const more = data[at++]!;
        gap |= (more & 127) << shift;
        if (more < 128) break;
      }
    }
    slot += gap;
    slots[length] = slot;
    counts[length++] = data[at++]!;
  }
  read.length = length;
  return read;
}
