/** Keeps requests within a limit. */
export interface Pace {
  /** How many more may begin now, and a few more that wait for the next turns, lest one be missed. */
  room(): number;
  /**
   * Begins a request as soon as it may.
   * @throws HeldError when everything is to wait.
   */
  run<T>(request: () => Promise<T>): Promise<T>;
  /** Begins nothing for so many milliseconds, and less than usual for a minute after that. */
  hold(milliseconds: number): void;
}

/** Everything is to wait so many milliseconds. */
export class HeldError extends Error {
  override message = 'Discord asked to wait.';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super();
    this.milliseconds = milliseconds;
  }
}

/** How many may wait for their turn. */
const AHEAD = 4;

/** How long less is sent after a limit was hit nevertheless, in milliseconds, and which part of it. */
const CAREFUL_FOR = 60_000;
const CAREFUL = 0.8;

interface Turn {
  begin: () => void;
  refuse: (error: HeldError) => void;
}

/** How much of the fastest answer is relied on: the ways there and back vary each for itself. */
const RELIED = 0.9;

/**
 * At most `limit` requests arrive in any `window` milliseconds, however long they are on their way. When one arrived is not
 * known, only that it was before its answer; but the next takes its way there too, and that and the way back of the other are
 * together no shorter than the fastest answer of many. So a request counts from its beginning until `window`, less about the
 * fastest answer, after its own. Requests begin at most twice as densely as the limit, lest they wait for each other at Discord.
 */
export function createPace(limit: number, window: number, now: () => number = () => performance.now()): Pace {
  const gap = window / limit / 2;
  const ends: number[] = [];
  const turns: Turn[] = [];
  let underWay = 0;
  let fastest = Infinity;
  let answers = 0;
  let nextTurn = 0;
  let heldUntil = -Infinity;
  let timer: NodeJS.Timeout | null = null;

  function free(): number {
    const at = now();
    while (ends[0] !== undefined && ends[0] <= at) ends.shift();
    if (at < heldUntil) return 0;
    const most = at < heldUntil + CAREFUL_FOR ? Math.floor(limit * CAREFUL) : limit;
    return Math.max(most - underWay - ends.length, 0);
  }

  function serve(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    while (turns.length > 0 && free() > 0 && now() >= nextTurn) {
      nextTurn = now() + gap;
      underWay += 1;
      turns.shift()?.begin();
    }
    if (turns.length > 0) timer = setTimeout(serve, Math.max(nextTurn - now(), 1));
  }

  function answered(begun: number, isAnswer: boolean): void {
    const at = now();
    underWay -= 1;
    if (isAnswer) fastest = Math.min(fastest, at - begun);
    if (isAnswer) answers += 1;
    // The first ones open connections and tell nothing.
    ends.push(at + window - (answers > 2 * limit ? fastest * RELIED : 0));
    serve();
  }

  return {
    room: () => (now() < heldUntil ? 0 : Math.max(free() + AHEAD - turns.length, 0)),
    async run(request) {
      const left = heldUntil - now();
      if (left > 0) throw new HeldError(left);
      await new Promise<void>((begin, refuse) => {
        turns.push({ begin, refuse });
        serve();
      });
      const begun = now();
      let isAnswer = false;
      try {
        const answer = await request();
        isAnswer = true;
        return answer;
      } finally {
        answered(begun, isAnswer);
      }
    },
    hold(milliseconds) {
      heldUntil = Math.max(heldUntil, now() + milliseconds);
      for (const turn of turns.splice(0)) turn.refuse(new HeldError(milliseconds));
    },
  };
}
