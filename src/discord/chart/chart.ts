/** Lines over weeks, as a picture shows them. */
export interface Chart {
  /** What is seen. */
  title: string;
  subtitle: string;
  /** The first days of the weeks, `YYYY-MM-DD`, oldest first; at least two. */
  mondays: readonly string[];
  /** Whether the last week goes on. */
  isUnfinished: boolean;
  /** One to five. */
  lines: readonly ChartLine[];
  /** Where the numbers come from. */
  footer: string;
}

export interface ChartLine {
  name: string;
  /** Of each week, from 0 to 1; `null` where nothing is known: the line has a gap there. */
  shares: readonly (number | null)[];
}

/** In pixels, before it is drawn at twice the size for phones. */
export const WIDTH = 1200;
export const HEIGHT = 675;

/** How wide a text is, in pixels. */
export type Measure = (text: string, size: number, weight: Weight) => number;
export type Weight = 400 | 600;
