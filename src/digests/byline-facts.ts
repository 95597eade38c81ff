import type { Byline } from './find-bylines.ts';
import { commentsOf, resolvePageDate } from './page-date.ts';
import type { PageEntry } from './pairs.ts';

export interface DateContext {
  /** The day that no date is after, `YYYY-MM-DD`. */
  limit: string;
  /** Whether the page glues comments to days. */
  glues: boolean;
}

/** Whether some byline shows that the page glues comments to days (`Sep 99`). */
export function gluesComments(bylines: readonly Byline[]): boolean {
  return bylines.some(({ date }) => date !== null && date !== 'no such day' && date.glued);
}

/** What a byline tells of its paper. */
export function factsOf(
  { authorCount, organization, date }: Byline,
  { limit, glues }: DateContext,
): Partial<PageEntry> {
  const dated = date === 'no such day' ? null : date;
  const publishedOn = dated && resolvePageDate(dated, limit);
  return { authorCount, organization, publishedOn, comments: dated && commentsOf(dated, glues) };
}

/** What is missing in a byline, each as the end of a sentence. */
export function faultsOf({ authorCount, organization, date }: Byline): string[] {
  const faults: string[] = [];
  if (authorCount === null && organization === null) faults.push('shows neither authors nor an organisation.');
  if (date === null) faults.push('shows no date.');
  if (date === 'no such day') faults.push('shows a date that is not in the calendar.');
  return faults;
}
