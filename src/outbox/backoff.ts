/** In milliseconds. */
const FIRST = 1000;
const LONGEST = 10 * 60_000;

/** How long to wait after the given number of attempts, in milliseconds: doubling, and spread over the upper half. */
export function backoff(attempts: number, random: () => number): number {
  const longest = Math.min(FIRST * 2 ** Math.max(attempts - 1, 0), LONGEST);
  return longest * (0.5 + random() / 2);
}
