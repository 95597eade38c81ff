/** Most lines of the grid above the baseline. */
const MOST_STEPS = 4;
/** The least that the axis spans: a share of one in a thousand. */
const LEAST_TOP = 0.001;

/** Round shares from 0 to the first that is not below `most`, at even distances. */
export function shareTicks(most: number): number[] {
  const top = Math.max(most, LEAST_TOP);
  const power = 10 ** Math.floor(Math.log10(top / MOST_STEPS));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => top <= each * MOST_STEPS) ?? top;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

/** The places of at most `most` weeks at even distances, the last week among them. */
export function weekTicks(weeks: number, most: number): number[] {
  const every = Math.max(1, Math.ceil((weeks - 1) / (most - 1)));
  return Array.from({ length: weeks }, (_, week) => week).filter((week) => (weeks - 1 - week) % every === 0);
}
