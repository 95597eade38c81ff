import type { Node } from '../query/node.ts';
import type { Columns } from './columns.ts';
import type { Segment } from './segment.ts';
import { presentSlots, select, type Slots } from './select.ts';

/** Several segments as one: their slots one after the other. */
export class Pool {
  readonly segments: readonly Segment[];
  readonly size: number;
  private readonly offsets: number[];
  private readonly presentByPart: Slots[];

  constructor(segments: readonly Segment[]) {
    this.segments = segments;
    this.offsets = segments.map((_, index) => segments.slice(0, index).reduce((sum, { size }) => sum + size, 0));
    this.presentByPart = segments.map(presentSlots);
    this.size = segments.reduce((sum, { size }) => sum + size, 0);
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

  /** Where a slot of the pool lies. */
  place(slot: number): { segment: Segment; index: number; slot: number } {
    let index = this.segments.length - 1;
    while (index > 0 && slot < this.offsets[index]!) index -= 1;
    return { segment: this.segments[index]!, index, slot: slot - this.offsets[index]! };
  }

  slotAt({ index, slot }: { index: number; slot: number }): number {
    return this.offsets[index]! + slot;
  }

  /** The value of a column at a slot of the pool. */
  value(column: keyof Columns, slot: number): number {
    const place = this.place(slot);
    return place.segment.columns[column][place.slot]!;
  }

  private joined(parts: Slots[]): Slots {
    if (parts.length === 1) return parts[0]!;
    const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    parts.forEach((slots, index) => {
      const offset = this.offsets[index]!;
      for (const slot of slots) all[at++] = slot + offset;
    });
    return all;
  }
}
