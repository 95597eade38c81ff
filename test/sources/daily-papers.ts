import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from './host.ts';

export interface Listed {
  id: string;
  title?: string;
  upvotes?: number;
  comments?: number;
  /** Anything else, in `paper`. */
  more?: Record<string, unknown>;
}

/** An item as the Daily Papers interface answers it. */
export function item(
  day: string,
  { id, title = `Paper ${id}`, upvotes = 1, comments = 0, more = {} }: Listed,
): unknown {
  const summary = `We wrote the paper ${id}. It has an abstract.`;
  const publishedAt = `${day}T00:00:00.000Z`;
  const authors = [{ _id: 'a', name: 'Ada Byron' }];
  const paper = { id, title, summary, authors, publishedAt, submittedOnDailyAt: publishedAt, upvotes, ...more };
  return { paper, title, summary, publishedAt, numComments: comments, isAuthorParticipating: false };
}

/** Answers as the Daily Papers interface does, from lists by day; 400 for a day after `today`. */
export function dailyPapers(lists: Record<string, unknown[]>, today = '9999-12-31') {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://host');
    const day = searchParams.get('date') ?? '';
    if (pathname !== '/api/daily_papers') return void response.writeHead(404).end();
    if (day > today) return void response.writeHead(400).end('{"error":"in the future"}');
    const [page, limit] = [Number(searchParams.get('p')), Number(searchParams.get('limit'))];
    json(request, response, (lists[day] ?? []).slice(page * limit, (page + 1) * limit));
  };
}
