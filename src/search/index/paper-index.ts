import type { Paper } from '../../core/paper.ts';
import type { FrozenSegment } from './frozen-segment.ts';
import { GrowingSegment, setFacts, textHash } from './growing-segment.ts';
import type { Place } from './pool.ts';
import { Ranker } from './ranking.ts';
import type { Segment } from './segment.ts';
import { Workspace } from './workspace.ts';

/**
 * All papers, ready to be searched: most in a frozen segment, those that came or changed since in a growing one. A paper
 * whose text changed moves to the growing segment; its old place stays behind, marked as gone.
 */
export class PaperIndex {
  readonly segments: readonly Segment[];
  private readonly growing = new GrowingSegment();
  private readonly workspace = new Workspace();
  private present: number;
  private cached: Ranker | null = null;

  constructor(frozen: FrozenSegment) {
    this.segments = [frozen, this.growing];
    this.present = frozen.columns.gone.reduce((sum, gone) => sum + 1 - gone, 0);
  }

  /** How many papers are there. */
  get size(): number {
    return this.present;
  }

  /** How many papers came or changed since the frozen segment was made. */
  get grown(): number {
    return this.growing.size;
  }

  /** Adds a paper, or takes over what changed of it. */
  put(paper: Paper): void {
    const place = this.placeOf(paper.id);
    if (place) {
      const { columns } = this.segments[place.index]!;
      if (columns.textHash[place.slot] === textHash(paper)) return setFacts(columns, place.slot, paper);
      this.remove(paper.id);
    }
    this.growing.add(paper);
    this.present += 1;
    this.cached = null;
  }

  remove(paperId: number): void {
    const place = this.placeOf(paperId);
    if (!place) return;
    const segment = this.segments[place.index]!;
    segment.columns.gone[place.slot] = 1;
    this.workspace.forget(segment);
    this.present -= 1;
    this.cached = null;
  }

  /** Where a paper is; `null` for one that is not there. */
  placeOf(paperId: number): Place | null {
    for (let index = this.segments.length - 1; index >= 0; index--) {
      const slot = this.segments[index]!.slotOf(paperId);
      if (slot >= 0) return { index, slot };
    }
    return null;
  }

  titleAt({ index, slot }: Place): string {
    return this.segments[index]?.title(slot) ?? '';
  }

  /** Puts the papers as they are now in order. */
  ranker(): Ranker {
    return (this.cached ??= new Ranker(this.segments, this.workspace));
  }
}
