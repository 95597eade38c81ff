import type { Caught } from '../../topics/caught.ts';
import { count } from './count.ts';
import { type Item, paperList } from './list.ts';

/** How much of a matching sentence stands below a title, in characters. */
const SNIPPET = 220;

/** `about 3 a week`, `less than one a week`. */
export function aWeek(perWeek: number): string {
  if (perWeek < 0.75) return 'less than one a week';
  return `about ${Math.round(perWeek).toLocaleString('en')} a week`;
}

/** Papers that a query catches, of `total`, with the words marked, in at most `room` characters of Markdown. */
export function caughtList(caught: readonly Caught[], total: number, room: number): string {
  const items = caught.map(({ paper, titleSpans, snippet }): Item => ({ paper, titleSpans, snippet }));
  const left = total - items.length;
  const rest = left > 0 ? `\n\n-# and ${count(left, 'more paper')}` : '';
  return items.length === 0 ? '' : `${paperList(items, 1, room - rest.length, SNIPPET)}${rest}`;
}
