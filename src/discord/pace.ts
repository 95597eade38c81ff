/** Keeps requests within a limit. */
export interface Pace {
  /** How many more may begin now. */
  room(): number;
  /** Counts a request from its beginning until `window` after its answer. */
  count<T>(request: Promise<T>): Promise<T>;
}

/**
 * At most `limit` requests in any `window` milliseconds, however long they are on their way: when one arrived is not known,
 * only that it was before its answer, so it counts until `window` after that.
 */
export function createPace(limit: number, window: number, now: () => number = () => performance.now()): Pace {
  const answered: number[] = [];
  let underWay = 0;
  return {
    room() {
      while (answered[0] !== undefined && answered[0] <= now() - window) answered.shift();
      return Math.max(limit - underWay - answered.length, 0);
    },
    async count(request) {
      underWay += 1;
      try {
        return await request;
      } finally {
        underWay -= 1;
        answered.push(now());
      }
    },
  };
}
