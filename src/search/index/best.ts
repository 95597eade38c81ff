/** A paper by its slot, with what it is ordered by. */
export interface Scored {
  slot: number;
  score: number;
}

/** Keeps the `count` best of what it is offered: by score, then by the smaller slot. */
export class BestOf {
  private readonly count: number;
  /** The worst is at the root. */
  private readonly heap: Scored[] = [];
  /** Only what scores higher, or fills a gap, is taken; offered slots have to ascend. */
  least = -Infinity;

  constructor(count: number) {
    this.count = count;
    if (count <= 0) this.least = Infinity;
  }

  offer(slot: number, score: number): void {
    const { heap, count } = this;
    if (score <= this.least) return;
    if (heap.length < count) {
      heap.push({ slot, score });
      rise(heap);
    } else {
      heap[0] = { slot, score };
      sink(heap);
    }
    if (heap.length === count) this.least = heap[0]!.score;
  }

  /** Best first. */
  ordered(): Scored[] {
    return this.heap.sort((a, b) => b.score - a.score || a.slot - b.slot);
  }
}

/** The `count` best of `candidates` (ascending), best first: by their place in `scores`, then by the smaller slot. */
export function best(candidates: ArrayLike<number>, scores: ArrayLike<number>, count: number): Scored[] {
  const found = new BestOf(count);
  for (let at = 0; at < candidates.length; at++) {
    const slot = candidates[at]!;
    const score = scores[slot]!;
    if (score > found.least) found.offer(slot, score);
  }
  return found.ordered();
}

/** The `count` items with the highest scores, best first, those of equal score in their order. */
export function bestOf<Item>(items: readonly Item[], scoreOf: (item: Item) => number, count: number): Item[] {
  const found = new BestOf(count);
  items.forEach((item, index) => found.offer(index, scoreOf(item)));
  return found.ordered().map(({ slot }) => items[slot]!);
}

/** Whether `a` ranks below `b`. */
function isWorse(a: Scored, b: Scored): boolean {
  return a.score < b.score || (a.score === b.score && a.slot > b.slot);
}

function rise(heap: Scored[]): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isWorse(heap[child]!, heap[parent]!)) return;
    [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
    child = parent;
  }
}

function sink(heap: Scored[]): void {
  let parent = 0;
  for (;;) {
    let child = parent * 2 + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && isWorse(heap[child + 1]!, heap[child]!)) child += 1;
    if (!isWorse(heap[child]!, heap[parent]!)) return;
    [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
    parent = child;
  }
}
