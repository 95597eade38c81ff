/** A paper by its slot, with what it is ordered by. */
export interface Scored {
  slot: number;
  score: number;
}

/** The `count` best of `candidates`, best first: by score, then by the smaller slot. */
export function best(candidates: Iterable<number>, scoreOf: (slot: number) => number, count: number): Scored[] {
  const heap: Scored[] = [];
  for (const slot of candidates) {
    const score = scoreOf(slot);
    const worst = heap[0];
    if (heap.length < count) {
      heap.push({ slot, score });
      rise(heap);
    } else if (worst && score > worst.score) {
      heap[0] = { slot, score };
      sink(heap);
    }
  }
  return heap.sort((a, b) => b.score - a.score || a.slot - b.slot);
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
