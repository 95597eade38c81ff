import type { Node } from '../query/node.ts';
import type { Part } from './bm25.ts';
import type { Columns } from './columns.ts';
import type { Segment } from './segment.ts';
import { select, type Slots } from './select.ts';
import type { Pace, Steps } from './steps.ts';
import type { Workspace } from './workspace.ts';

/** A place in one of several segments. */
export interface Place {
  /** Of the segment. */
  index: number;
  slot: number;
}

/** Several segments as one: their slots one after the other. Papers that come later are not in it. */
export class Pool {
  readonly parts: readonly Part[];
  readonly size: number;
  /** Slots of papers that are no longer there, ascending. */
  readonly gone: number[];
  private readonly presentByPart: Slots[];

  constructor(segments: readonly Segment[], workspace: Workspace) {
    let size = 0;
    this.parts = segments.map((segment) => ({
      segment,
      offset: (size += segment.size) - segment.size,
      size: segment.size,
    }));
    this.size = size;
    const presences = segments.map((segment) => workspace.presence(segment));
    this.presentByPart = presences.map(({ present }) => present);
    this.gone = presences.flatMap(({ gone }, index) => gone.map((slot) => slot + this.parts[index]!.offset));
  }

  /** The papers that match, ascending; with `within` (ascending), of those. */
  *select(node: Node, pace: Pace, within?: Slots): Steps<Slots> {
    const found: Slots[] = [];
    for (const [index, { segment }] of this.parts.entries()) {
      const candidates = within ? this.ownOf(within, index) : this.presentByPart[index]!;
      found.push(yield* select(segment, node, candidates, pace));
    }
    return this.joined(found);
  }

  /** Calls `visit` for each segment with its offset in the pool, and from where to where `slots` (ascending) lie in it. */
  eachRun(slots: Slots, visit: (segment: Segment, offset: number, from: number, to: number) => void): void {
    let from = 0;
    for (const { segment, offset, size } of this.parts) {
      const to = firstFrom(slots, offset + size);
      visit(segment, offset, from, to);
      from = to;
    }
  }

  /** Where a slot of the pool lies. */
  place(slot: number): Place {
    const index = this.indexOf(slot);
    return { index, slot: slot - this.parts[index]!.offset };
  }

  slotAt({ index, slot }: Place): number {
    return this.parts[index]!.offset + slot;
  }

  /** The value of a column at a slot of the pool. */
  value(column: keyof Columns, slot: number): number {
    const { segment, offset } = this.parts[this.indexOf(slot)]!;
    return segment.columns[column][slot - offset]!;
  }

  private indexOf(slot: number): number {
    let index = this.parts.length - 1;
    while (index > 0 && slot < this.parts[index]!.offset) index -= 1;
    return index;
  }

  /** Those of `slots` that lie in one segment, as its own slots. */
  private ownOf(slots: Slots, index: number): Slots {
    const { offset, size } = this.parts[index]!;
    const own = slots.subarray(firstFrom(slots, offset), firstFrom(slots, offset + size));
    return offset === 0 ? own : own.map((slot) => slot - offset);
  }

  private joined(found: Slots[]): Slots {
    const [first = new Int32Array(0), ...others] = found;
    if (others.every(({ length }) => length === 0)) return first;
    const all = new Int32Array(found.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    found.forEach((slots, index) => {
      const { offset } = this.parts[index]!;
      for (let i = 0; i < slots.length; i++) all[at++] = slots[i]! + offset;
    });
    return all;
  }
}

/** The first place in `slots` (ascending) that is not below `least`. */
function firstFrom(slots: Slots, least: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (slots[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
