const waiting: (() => void)[] = [];
let isComing = false;

/**
 * Resolves when it is the caller's turn to use the processor for some milliseconds: first come, first served, one in each turn
 * of the event loop. So a hundred who ask at once do not keep timers and connections waiting until all of them have had theirs.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    call();
  });
}

/** What a released caller does until it waits for something comes before the next turn of the event loop. */
function call(): void {
  if (isComing || waiting.length === 0) return;
  isComing = true;
  setImmediate(() => {
    isComing = false;
    waiting.shift()?.();
    call();
  });
}
