import type { Node } from '../query/node.ts';
import type { Columns } from './columns.ts';
import type { Segment } from './segment.ts';
import { presentSlots, select, type Slots } from './select.ts';

/** A place in one of several segments. */
export interface Place {
  /** Of the segment. */
  index: number;
  slot: number;
}

/** Several segments as one: their slots one after the other. */
export class Pool {
  readonly segments: readonly Segment[];
  readonly size: number;
  /** Slots of papers that are no longer there. */
  readonly gone: number[] = [];
  private readonly offsets: number[];
  private readonly presentByPart: Slots[];

  constructor(segments: readonly Segment[]) {
    this.segments = segments;
    this.offsets = segments.map((_, index) => segments.slice(0, index).reduce((sum, { size }) => sum + size, 0));
    this.presentByPart = segments.map(presentSlots);
    this.size = segments.reduce((sum, { size }) => sum + size, 0);
    segments.forEach(({ size, columns }, index) => {
      for (let slot = 0; slot < size; slot++) if (columns.gone[slot] === 1) this.gone.push(slot + this.offsets[index]!);
    });
  }

  /** All papers that are there, ascending. */
  present(): Slots {
    return this.joined(this.presentByPart);
  }

  /** The papers that match, ascending. */
  select(node: Node): Slots {
    return this.joined(this.segments.map((segment, index) => select(segment, node, this.presentByPart[index]!)));
  }

  /** Calls `visit` with each segment and the part of `values`, one a slot, that belongs to it. */
  eachPart(values: Float32Array, visit: (segment: Segment, part: Float32Array) => void): void {
    this.segments.forEach((segment, index) => {
      const offset = this.offsets[index]!;
      visit(segment, values.subarray(offset, offset + segment.size));
    });
  }

  /** Calls `visit` for each segment with its offset in the pool, and from where to where `slots` lie in it. */
  eachRun(slots: Slots, visit: (segment: Segment, offset: number, from: number, to: number) => void): void {
    let from = 0;
    this.segments.forEach((segment, index) => {
      const offset = this.offsets[index]!;
      let to = index === this.segments.length - 1 ? slots.length : from;
      while (to < slots.length && slots[to]! < offset + segment.size) to += 1;
      visit(segment, offset, from, to);
      from = to;
    });
  }

  /** Where a slot of the pool lies. */
  place(slot: number): Place {
    const index = this.indexOf(slot);
    return { index, slot: slot - this.offsets[index]! };
  }

  slotAt({ index, slot }: Place): number {
    return this.offsets[index]! + slot;
  }

  /** The value of a column at a slot of the pool. */
  value(column: keyof Columns, slot: number): number {
    const index = this.indexOf(slot);
    return this.segments[index]!.columns[column][slot - this.offsets[index]!]!;
  }

  private indexOf(slot: number): number {
    let index = this.segments.length - 1;
    while (index > 0 && slot < this.offsets[index]!) index -= 1;
    return index;
  }

  private joined(parts: Slots[]): Slots {
    const filled = parts.filter(({ length }) => length > 0);
    if (filled.length === 0 || (filled.length === 1 && filled[0] === parts[0])) return parts[0]!;
    const all = new Int32Array(filled.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    parts.forEach((slots, index) => {
      const offset = this.offsets[index]!;
      for (let i = 0; i < slots.length; i++) all[at++] = slots[i]! + offset;
    });
    return all;
  }
}
