import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditTable } from '../../../src/search/index/edit-table.ts';

/** Edits from one word to another (insertions, deletions, replacements, swaps of neighbours), cell by cell. */
function edits(one: Uint8Array, other: Uint8Array): number {
  const rows = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (__, j) => i + j),
  );
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + Number(one[i - 1] !== other[j - 1]);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced, swapped);
    }
  }
  return rows[one.length]![other.length]!;
}

const word = fc.array(fc.constantFrom(97, 98, 99), { maxLength: 12 }).map((letters) => Uint8Array.from(letters));

describe('a table of edits', () => {
  it('tells the edits to each beginning of another word, as long as they are few', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(1, 2), (wanted, other, most) => {
        const table = new EditTable(wanted, most);
        let least = Infinity;
        for (let depth = 0; depth <= other.length; depth++) {
          const expected = edits(wanted, other.subarray(0, depth));
          least = Math.min(least, expected);
          expect(table.distance(depth)).toBe(expected <= most ? expected : Infinity);
          expect(table.leastUpTo(depth)).toBe(least <= most ? least : Infinity);
          // What is dead never comes near again.
          if (!table.isAlive(depth)) expect(edits(wanted, other)).toBeGreaterThan(most);
          if (depth < other.length) table.add(depth, other[depth]!);
        }
      }),
      { numRuns: 500 },
    );
  });
});
