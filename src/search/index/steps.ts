import { nextTurn } from '../../core/turns.ts';

/** Work that stops now and then, so that others get their turn. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** About so much work is done in a few milliseconds: a posting counts one, looking into a paper's text `LOOK`. */
const STEP = 1_000_000;
export const LOOK = 200;

/** Counts work, and says when it is time to stop. */
export class Pace {
  private done = 0;

  /** Whether a step is full. */
  isDue(work: number): boolean {
    this.done += work;
    if (this.done < STEP) return false;
    this.done = 0;
    return true;
  }
}

/** Does all the work at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does the work step by step; timers and messages come in between. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
  }
}
