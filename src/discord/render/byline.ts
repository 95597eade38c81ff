import type { Paper } from '../../core/paper.ts';
import { plain } from '../markdown.ts';
import { label } from '../text.ts';
import { count } from './count.ts';
import { shortDay } from './days.ts';

/** A paper's byline in Markdown: when, who, and how much it is talked about, as far as known. */
export function byline(paper: Paper, max: number): string {
  return plain(parts(paper).join(' · '), max);
}

/** The same for places without Markdown. */
export function bylineLabel(paper: Paper, max: number): string {
  return label(parts(paper).join(' · '), max);
}

function parts(paper: Paper): string[] {
  const { publishedOn, organization, comments, upvotes } = paper;
  return [
    publishedOn && shortDay(publishedOn),
    organization?.name,
    authors(paper),
    comments && count(comments, 'comment'),
    upvotes && count(upvotes, 'upvote'),
  ].filter((part): part is string => Boolean(part));
}

/** `Ada Lovelace`, `Ada Lovelace and Alan Turing`, `Ada Lovelace and 7 others`, `9 authors`, or nothing. */
function authors({ authors, authorCount }: Paper): string {
  const total = Math.max(authorCount ?? 0, authors?.length ?? 0);
  const [first, second] = authors ?? [];
  if (!first) return total > 0 ? count(total, 'author') : '';
  if (total <= 1) return first;
  return total === 2 && second ? `${first} and ${second}` : `${first} and ${count(total - 1, 'other')}`;
}
