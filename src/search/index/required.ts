import type { Node, WordNode } from '../query/node.ts';
import { bestOf } from './best.ts';
import type { Pool } from './pool.ts';
import { postingsOf } from './postings.ts';
import type { Scores } from './scores.ts';
import type { Slots } from './select.ts';
import type { Statistics } from './statistics.ts';

/** Of longer queries all words are looked for one after the other: after the rarest ones hardly a paper is left. */
const MOST_NOTED = 8;

/** What a paper must hold: words that are found while papers are scored, and what has to be asked after that. */
export interface Required {
  /** Each has a bit, in this order. */
  words: WordNode[];
  rest: Node[];
}

export function requiredOf(node: Node): Required {
  const parts = node.kind === 'and' ? node.nodes : [node];
  const words = parts.filter((part): part is WordNode => part.kind === 'word' && part.field === null);
  if (words.length > MOST_NOTED) return { words: [], rest: parts };
  return { words, rest: parts.filter((part) => part.kind !== 'word' || part.field !== null) };
}

/** By stem, the bits of the words that it is. */
export function bitsOf({ words }: Required): Map<string, number> {
  const bits = new Map<string, number>();
  words.forEach(({ stems }, place) => {
    for (const stem of stems) bits.set(stem, (bits.get(stem) ?? 0) | (1 << place));
  });
  return bits;
}

/** The papers that were found to hold all the words, ascending. They are looked for among those that have the rarest. */
export function withWords({ words }: Required, pool: Pool, statistics: Statistics, { found }: Scores): Slots {
  const frequency = (stems: string[]) => stems.reduce((sum, stem) => sum + statistics.frequency(stem), 0);
  const rarest = bestOf(words, ({ stems }) => -frequency(stems), 1)[0]?.stems ?? [];
  const all = 2 ** words.length - 1;
  const holding = (stem: string): Slots => {
    const matching = new Int32Array(statistics.frequency(stem));
    let count = 0;
    for (const { segment, offset, size } of pool.parts) {
      const id = segment.stems.idOf(stem);
      if (id < 0) continue;
      const { slots, length } = postingsOf(segment, id);
      for (let i = 0; i < length && slots[i]! < size; i++) {
        const slot = slots[i]! + offset;
        if (found[slot] === all) matching[count++] = slot;
      }
    }
    return matching.subarray(0, count);
  };
  return rarest.map(holding).reduce(union);
}

/** Slots that are in either, ascending. */
function union(one: Slots, other: Slots): Slots {
  if (other.length === 0) return one;
  const both = new Int32Array(one.length + other.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const a = one[i]!;
    const b = other[j]!;
    both[count++] = Math.min(a, b);
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  const rest = i < one.length ? one.subarray(i) : other.subarray(j);
  both.set(rest, count);
  count += rest.length;
  return both.subarray(0, count);
}
