/** The archive, the day included. */
export interface Background {
  /** How many papers there are. */
  size: number;
  /** How many papers have these words next to each other, in any inflection. */
  frequency: (words: readonly string[]) => number;
}
