import { addDays } from '../core/dates.ts';
import type { Paper } from '../core/paper.ts';

/** Papers that no list has shown for longer are caught, but nobody is told of them: somebody is reading old lists. In days. */
export const NEWS_DAYS = 14;

/** The latest list day, else the day of publication, `YYYY-MM-DD`; `null` when neither is known. */
export function newsDay({ appearances, publishedOn }: Paper): string | null {
  const days = appearances.flatMap(({ date }) => date ?? []);
  return days.length > 0 ? days.reduce((latest, day) => (day > latest ? day : latest)) : publishedOn;
}

/** The first day, in UTC, whose papers are news at `now`. */
export function newsSince(now: Date): string {
  return addDays(now.toISOString().slice(0, 10), -NEWS_DAYS);
}

/** Whether a paper is no news any more. One of which no day is known is taken for new. */
export function isOld(paper: Paper, since: string): boolean {
  const day = newsDay(paper);
  return day !== null && day < since;
}
