/** A paper by its slot, with what it is ordered by. */
export interface Scored {
  slot: number;
  score: number;
}

/** The `count` best of `candidates`, best first: by their place in `scores`, then by the smaller slot. */
export function best(candidates: ArrayLike<number>, scores: ArrayLike<number>, count: number): Scored[] {
  const heap: Scored[] = [];
  if (count <= 0) return heap;
  let least = -Infinity;
  for (let at = 0; at < candidates.length; at++) {
    const slot = candidates[at]!;
    const score = scores[slot]!;
    if (heap.length < count) {
      heap.push({ slot, score });
      rise(heap);
    } else if (score > least) {
      heap[0] = { slot, score };
      sink(heap);
    } else continue;
    least = heap.length < count ? -Infinity : heap[0]!.score;
  }
  return heap.sort((a, b) => b.score - a.score || a.slot - b.slot);
}

/** The `count` items with the highest scores, best first, those of equal score in their order. */
export function bestOf<Item>(items: readonly Item[], scoreOf: (item: Item) => number, count: number): Item[] {
  return best([...items.keys()], items.map(scoreOf), count).map(({ slot }) => items[slot]!);
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
